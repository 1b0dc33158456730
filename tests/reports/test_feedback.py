"""The feedback page tells students what they did and what to learn, and gives nothing away."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from gradesmith.model.outcomes import Progress, Score, Status
from gradesmith.model.runs import Note
from gradesmith.reports.feedback import feedback_page
from gradesmith.rules.settling import settled

HOSTILE = "<script>alert(1)</script>\x1b[31m=cmd|' /C calc'!A0"
SECRETS = [
    "SENTINEL",
    "0.74129",  # the expected values
    "0.63718",
    "precision",  # the mistake nobody made
    "reason for A",
    "reason for D",
    "KeyError",
    "def test_hidden",
]


def visible(html):
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html)).split())


def test_it_says_what_was_answered_and_earned(form, sit):
    """Score, every question, its answer, its checks and its explanation are there."""
    graded = sit(quantities=(0.25, ""), verdicts=(Status.PASSED, Status.ERRORED))
    words = visible(feedback_page(form, graded, "Ada Lovelace"))
    assert "Weekly test 1" in words
    assert "Ada Lovelace · handed in 14 May 2025, 10:32 UTC" in words
    assert "2 / 9 points so far" in words
    assert "1 answer will still be read by a person" in words
    assert "C option C Your answer, right." in words
    assert "Recall ✗ not right: 0.25 That is precision . 0 / 1" in words
    assert "F1 score – not answered: not answered 0 / 1" in words
    assert "f returns a number 1 / 1" in words
    assert "f copes with nothing Your code raised KeyError. 0 / 3" in words
    assert "Because." in words
    assert "Explanation of choice" in words


def test_a_question_without_a_title_has_its_number(form, sit):
    """A slot's name is a word of ours; students count."""
    slot = form.slots[1]
    untitled = form.but(items=(form.slots[0], slot.but(variant=slot.variant.but(title="")), *form.slots[2:]))
    words = visible(feedback_page(untitled, sit(), "Ada"))
    assert "1 The choice question" in words
    assert "Question 2 right, 2 / 2 Prompt of fields" in words.replace("✓ ", "")
    assert "Question q02" not in words


def test_it_gives_nothing_away(form, sit):
    """No solution, hidden check, detail, expected value, model answer, rubric or unchosen reason is on the page."""
    graded = sit(letter="B", quantities=(0.5, ""), verdicts=(Status.FAILED, Status.FAILED))
    html = feedback_page(form, graded, "Ada")
    assert "reason for B" in html
    for secret in SECRETS:
        assert secret not in html


def test_a_wrong_choice_does_not_tell_the_right_letter(form, sit):
    """Only the chosen option is judged, because the bank is used again."""
    html = feedback_page(form, sit(letter="B"), "Ada")
    options = re.findall(r"<li class=\"([^\"]*)\">\s*<span class=\"letter\">(\w)", html)
    assert options == [("", "A"), ("wrong chosen", "B"), ("", "C"), ("", "D")]


@pytest.mark.parametrize("field", ["letter", "code", "text"])
def test_hostile_answers_are_only_text(form, sit, field):
    """Whatever a student writes comes out as harmless words."""
    html = feedback_page(form, sit(**{field: HOSTILE}), HOSTILE)
    assert "<script" not in html
    assert "\x1b" not in html
    assert "=cmd" in visible(html)


def test_hostile_quantities_and_notes_are_only_text(form, sit):
    """So do quantities and what notes quote."""
    graded = sit(quantities=(HOSTILE, "x"), notes=(Note(about="reading", cell="q02", message=HOSTILE),))
    html = feedback_page(form, graded, "Ada", {"q04": Fraction(1)}, {"q04": HOSTILE})
    assert "<script" not in html
    assert "\x1b" not in html
    assert html.count("=cmd") == 3


def test_the_page_fetches_and_runs_nothing(form, sit):
    """The page stands alone, and says to the browser that it does."""
    html = feedback_page(form, sit(), "Ada")
    assert not re.search(r"(?i)(src|href|action)\s*=\s*[\"']?\s*(https?:)?//", html)
    assert not re.search(r"(?i)<(script|link|iframe|object)\b|@import|url\(", html)
    assert "default-src 'none'" in html


def test_notes_that_concern_the_student_are_shown(form, sit):
    """Repairs and readings are told; what is for the instructor is not."""
    notes = tuple(
        Note(about=about, cell=cell, message=f"note {about} {cell}")
        for about in ("repair", "reading", "attempt", "engine", "person")
        for cell in ("", "q02", "elsewhere")
    )
    words = visible(feedback_page(form, sit(notes=notes), "Ada"))
    assert {about: words.count(f"note {about}") for about in ("repair", "reading", "attempt", "engine", "person")} == {
        "repair": 3,
        "reading": 3,
        "attempt": 0,
        "engine": 0,
        "person": 0,
    }


def test_manual_marks_replace_pending_ones(form, sit):
    """Once people have marked, the score is final, and the explanation and their comment are there."""
    before, after = (
        visible(feedback_page(form, sit(), "Ada", manual, {"q04": "Well argued."}))
        for manual in ({}, {"q04": Fraction(3, 2)})
    )
    assert "7 / 9 points so far" in before
    assert "The explanation follows with the marks." in before
    assert "Explanation of text" not in before
    assert "8.5 / 9 points Everything is marked." in after
    assert "Explanation of text" in after
    assert "Comment from your marker Well argued." in after


def test_a_manual_mark_may_overrule_a_check(form, sit):
    """A person's points count, whatever the grader gave."""
    graded = sit(verdicts=(Status.FAILED, Status.FAILED))
    manual = {"q03": Fraction(4), "q04": Fraction(2)}
    assert settled(graded, manual).score == Score(
        given=Fraction(9), maximum=Fraction(9), progress=Progress.FULLY_GRADED
    )


def test_lateness_is_taken_off_manual_marks_too(form, sit):
    """What was taken off stays taken off, and the page says so."""
    graded = sit()
    late = graded.but(score=graded.score.but(given=graded.score.given * Fraction(9, 10)))
    assert settled(late, {"q04": Fraction(2)}).score.given == Fraction("8.3")
    assert "0.7 points were taken off for handing in late" in visible(feedback_page(form, late, "Ada"))


def test_our_own_faults_are_said_kindly(form, sit):
    """A check that did not run is nobody's zero: a person will look."""
    words = visible(feedback_page(form, sit(verdicts=(Status.PASSED, None)), "Ada"))
    assert "2 answers will still be read by a person" in words
    assert "A person will look at this answer; its points follow." in words


def test_a_submission_without_marks_still_has_a_page(form, sit):
    """Whatever became of a submission, its student gets a page."""
    failed = Score(given=Fraction(0), maximum=Fraction(9), progress=Progress.FAILED)
    graded = sit().but(marks=(), responses=(), score=failed)
    words = visible(feedback_page(form, graded, "Ada"))
    assert "Your submission is still being looked at" in words


def test_very_long_answers_are_shortened(form, sit):
    """An endless answer ends, and says so."""
    assert "(shortened: 50,000 characters in all)" in feedback_page(form, sit(text="x" * 50_000), "Ada")


def test_slow_code_has_a_clock(form, sit):
    """A check that timed out is told from one that failed, by sign and by word."""
    html = feedback_page(form, sit(verdicts=(Status.TIMED_OUT, Status.FAILED)), "Ada")
    assert '<svg class="clock"' in html
    assert "took too long: " in html
