"""The class page says what the questions were worth and who needs a person."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradesmith.model.outcomes import Progress, Status
from gradesmith.model.runs import Note
from gradesmith.model.submissions import Readability, State
from gradesmith.reports.class_report import class_page
from gradesmith.reports.histogram import histogram

NOW = datetime(2025, 5, 15, 9, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\x1b[31m"


def visible(html):
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html)).split())


def aside(graded):
    """Return a submission of which nothing could be run."""
    marks = tuple(
        mark.but(given=None, outcomes=tuple(outcome.but(status=Status.NOT_RUN) for outcome in mark.outcomes))
        for mark in graded.marks
    )
    return graded.but(marks=marks, score=graded.score.but(given=Fraction(0)))


@pytest.fixture
def results(sit):
    """Return twelve submissions; the strong half has the right letter, passes the checks and knows the recall."""
    strong = [sit(f"strong{number}") for number in range(6)]
    weak = [
        sit(f"weak{number}", letter="AABBD "[number].strip(), quantities=(0.25, ""), verdicts=(Status.PASSED, end))
        for number, end in enumerate(
            [Status.FAILED, Status.FAILED, Status.ERRORED, Status.TIMED_OUT, *[Status.KILLED] * 2]
        )
    ]
    return (*strong, *weak)


def test_figures_are_there(form, results):
    """Mean, spread and quartiles, with what they come from and what is still to come."""
    words = visible(class_page((form,), results, {}, (), NOW))
    assert "15 May 2025, 09:00 UTC · 12 submissions" in words
    assert "12 of 12 scores are not final" in words
    assert "Mean 4.0 of 9 points" in words
    assert "Middle half 1.0 – 7.0" in words
    assert "q04 The text question 12 12" in words


def test_questions_have_difficulty_and_discrimination(form, results):
    """A question that the strong half has right is half as hard as can be and tells perfectly."""
    html = class_page((form,), results, {}, (), NOW)
    rows = [visible(row) for row in re.findall(r"(?s)<tr>.*?</tr>", html) if 'class="id">q0' in row]
    assert any(row.startswith("q01 The choice question 1 12 0.50 1.00 1.00 to 1.00 8% 0%") for row in rows)
    assert any(row.startswith("q04 The text question 2 0 – – 0% 0% 12") for row in rows)


def test_options_are_counted_and_the_key_is_marked(form, results):
    """Every option has its share, its misconception where somebody chose it, and its correlation."""
    words = visible(class_page((form,), results, {}, (), NOW))
    assert "✓ key C option C 50% 6 of 12 1.00" in words
    assert "A option A reason for A 17% 2 of 12 –" in words


def test_options_are_told_apart_by_text_not_letter(form, sit):
    """Shuffled options are counted together."""
    slot = form.slots[0]
    part = slot.variant.parts[0]
    options = tuple(reversed([option.text for option in part.interaction.options]))
    shuffled = part.but(
        interaction=part.interaction.but(
            options=tuple(option.but(text=text) for option, text in zip(part.interaction.options, options, strict=True))
        ),
        key=part.key.but(letters=("B",), reasons={}),
    )
    other = form.but(code="B", items=(slot.but(variant=slot.variant.but(parts=(shuffled,))), *form.slots[1:]))
    results = (sit("one", letter="C"), sit("two", letter="B").but(form=other.digest))
    words = visible(class_page((form, other), results, {}, (), NOW))
    assert "✓ key option C 100% 2 of 2" in words


def test_missed_checks_and_recognised_mistakes_are_listed(form, results):
    """The most missed checks and the mistakes that have a name are counted."""
    words = visible(class_page((form,), results, {}, (), NOW))
    assert "f copes with nothing 12 50% 17% 8% 25%" in words
    assert "q02 Recall That is precision . 6 50%" in words


def test_what_needs_a_person_says_why(form, sit):
    """Unjudged checks, unreadable answers, strangers and notes come with the reason; manual marks settle them."""
    unread = sit("odd")
    responses = tuple(
        one.but(readability=Readability.UNREADABLE) if one.cell == "q01" else one for one in unread.responses
    )
    results = (
        sit("broken", verdicts=(Status.PASSED, Status.BROKEN), state=State.FOR_A_PERSON),
        sit("silent", verdicts=(Status.PASSED, None)),
        unread.but(responses=responses),
        sit("stranger", state=State.UNREGISTERED),
        sit("lost").but(form="Z"),
        sit("noted", notes=(Note(about="engine", message="The run was repeated."),)),
        sit("left", state=State.FOR_A_PERSON),
        aside(sit("aside", state=State.FOR_A_PERSON)),
    )
    words = visible(class_page((form,), results, {}, (), NOW))
    assert "8 submissions, 5 of them in the figures" in words
    assert "broken q03 “f copes with nothing” is broken SENTINEL_DETAIL" in words
    assert "silent q03 “f copes with nothing” did not run" in words
    assert "odd q01 the answer could not be read C" in words
    assert "stranger is not on the class list" in words
    assert "lost answers the form Z" in words
    assert "noted The run was repeated." in words
    assert "left was left for a person" in words
    assert words.count("aside nothing in it could be marked") == words.count("aside") == 1
    manual = {"broken": {"q03": Fraction(2)}}
    assert "broken q03" not in visible(class_page((form,), results, manual, (), NOW))


def unreadable(sit, student, why):
    """Return a submission whose file can't be read, as the grader leaves it."""
    graded = aside(sit(student, state=State.FOR_A_PERSON, notes=(Note(about="person", message=why),)))
    empty = tuple(one.but(readability=Readability.EMPTY, text="", value=None) for one in graded.responses)
    return graded.but(responses=empty, score=graded.score.but(progress=Progress.PENDING_MANUAL))


def test_a_file_that_cannot_be_read_is_one_remark(form, sit):
    """It stands there once with its reason, and no question waits because of it or counts it as unanswered."""
    results = (sit("ada"), unreadable(sit, "bob", "the file is empty"))
    html = class_page((form,), results, {}, (), NOW)
    words = visible(html)
    assert words.count("bob the file is empty") == words.count("bob") == 1
    assert "q04 The text question 1 1" in words
    assert "q01" not in words.partition("What needs a person")[2].partition("Questions")[0]
    rows = [visible(row) for row in re.findall(r"(?s)<tr>.*?</tr>", html) if 'class="id">q01' in row]
    assert any(row.endswith("0% 0%") for row in rows)
    marked = {"bob": {f"q0{number}": Fraction(0) for number in range(1, 5)}}
    assert "bob" not in visible(class_page((form,), results, marked, (), NOW))


def test_a_stranger_is_one_remark(form, sit):
    """That they are not on the list says it all."""
    words = visible(
        class_page((form,), (sit(), unreadable(sit, "zoe", "x").but(state=State.UNREGISTERED)), {}, (), NOW)
    )
    assert words.count("zoe") == 1


def test_what_was_stopped_but_is_judged_needs_nobody(form, sit):
    """An endless loop that cost its question is told among what was mended; one that left checks unjudged is not."""
    note = Note(about="engine", cell="q03", message="was interrupted")
    judged = sit("ada", verdicts=(Status.TIMED_OUT, Status.TIMED_OUT), notes=(note,))
    lost = sit("bob", verdicts=(Status.PASSED, None), notes=(note,))
    words = visible(class_page((form,), (judged, lost), {}, (), NOW))
    attention, mended = words.partition("Mended notebooks")[::2]
    assert "ada q03 was interrupted" in mended
    assert "ada q03" not in attention
    assert "bob q03 was interrupted" in attention
    assert "bob" not in mended


def test_a_question_without_a_title_is_called_by_its_first_words(form, sit):
    """Not by its slug, which says little to a reader."""
    slot = form.slots[0]
    prompt = "Which of these many models has the largest **recall on the minority class**, and why?"
    untitled = form.but(items=(slot.but(variant=slot.variant.but(title="", prompt=prompt)), *form.slots[1:]))
    words = visible(class_page((untitled,), (sit().but(form=untitled.digest),), {}, (), NOW))
    assert "q01 Which of these many models has the largest … 1" in words
    assert "a-choice" not in words


def test_attempts_are_told_without_accusing(form, sit):
    """What code tried is said, and that there may be a harmless reason."""
    note = Note(about="attempt", cell="q03", message="The code opened a folder outside its own.")
    words = visible(class_page((form,), (sit(notes=(note,)),), {}, (), NOW))
    assert "ask before you judge" in words
    assert "ada q03 The code opened a folder outside its own." in words
    assert not re.search("(?i)cheat|attack|fraud|malicious|suspicious", words)


def test_missing_students_are_listed(form, sit):
    """Those without a submission are named."""
    words = visible(class_page((form,), (sit(),), {}, ("bob", "=cmd|' /C calc'!A0"), NOW))
    assert "2 without a submission" in words
    assert "bob &#39;=cmd" in words


def test_manual_marks_enter_the_figures(form, sit):
    """With people's marks in, scores are final."""
    words = visible(class_page((form,), (sit(),), {"ada": {"q04": Fraction(2)}}, (), NOW))
    assert "Mean 9.0 of 9 points" in words
    assert "not final" not in words
    assert "Nothing: everything is marked." in words


@pytest.mark.parametrize("forms", [True, False])
def test_an_empty_class_has_a_page(form, forms):
    """Before anybody handed in, the page says so."""
    words = visible(class_page((form,) if forms else (), (), {}, ("bob",), NOW))
    assert "No submission has been marked yet." in words


def test_small_classes_get_no_correlations(form, sit):
    """Four students bear no correlation and no reliability."""
    words = visible(class_page((form,), tuple(sit(f"s{n}") for n in range(4)), {}, (), NOW))
    assert "– (too little to tell: 4 students, 3 questions)" in words


def test_hostile_text_is_only_text(form, sit):
    """Ids, answers and notes of students come out as harmless words, and no table cell begins a formula."""
    graded = sit("=evil", text=HOSTILE, code=HOSTILE, letter=HOSTILE)
    notes = tuple(Note(about=about, message=HOSTILE) for about in ("repair", "reading", "attempt", "engine", "person"))
    html = class_page((form,), (graded.but(notes=notes),), {}, (HOSTILE,), NOW)
    assert "<script" not in html
    assert "\x1b" not in html
    assert not re.search(r"<t[dh][^>]*>\s*[=+@]", html)
    assert not re.search(r"(?i)(src|href)\s*=\s*[\"']?\s*(https?:)?//|@import|url\(", html)


def test_the_same_results_make_the_same_page(form, results):
    """Nothing depends on when or where a page is made but the time it is told."""
    assert class_page((form,), results, {}, (), NOW) == class_page((form,), results, {}, (), NOW)


def test_a_histogram_holds_everybody():
    """Every share has its bin, the lower edge belongs to it, and full marks to the last."""
    drawn = histogram([0.0, 0.05, 0.1, 0.3, 1.0], [0.95], 0.2)
    assert [bar.count for bar in drawn.bars] == [2, 1, 0, 1, 0, 0, 0, 0, 0, 2]
    assert drawn.words.startswith("0 to 10%: 2 students; 10 to 20%: 1 student")


@pytest.mark.parametrize(("most", "labels"), [(1, "0 1"), (5, "0 1 2 3 4 5"), (7, "0 2 4 6 8"), (120, "0 50 100 150")])
def test_the_axis_has_round_numbers(most, labels):
    """However large the class, there are few ticks, at round numbers."""
    assert " ".join(tick.label for tick in histogram([0.5] * most, [], None).up) == labels
