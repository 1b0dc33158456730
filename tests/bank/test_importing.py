"""Choice questions come over from other formats as drafts; what they lack says TODO, and nothing in them runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradesmith.diagnostics import Rejected
from gradesmith.errors import GradesmithError
from gradesmith.workflows.drafts import import_questions
from gradesmith.workflows.lint import lint_bank

HERE = Path(__file__).parent / "imported"


@pytest.fixture
def take(small):
    """Import a file of this format into the small bank; return its questions in order."""

    def taken(file, form):
        target = small.bank / "unit1" / "imported.yaml"
        begun = import_questions(small.directory, file, form=form, lecture="1.1", target=target)
        bank = small.open()
        return [bank.question(name) for name in begun.ids]

    return taken


@pytest.fixture
def refuse(small, tmp_path):
    """Import a text and return the complaints as line and message; nothing may be written."""

    def refused(text, form):
        file = tmp_path / "file.txt"
        file.write_text(text, encoding="utf-8")
        target = small.bank / "unit1" / "imported.yaml"
        with pytest.raises(Rejected) as caught:
            import_questions(small.directory, file, form=form, lecture="1.1", target=target)
        assert not target.exists()
        return [(one.place.line, one.message) for one in caught.value.diagnostics.errors]

    return refused


def test_json_comes_over(take):
    """Answers by text or by letter, one or several."""
    first, second, third = take(HERE / "capitals.json", "json")
    assert (first.id, first.kind, first.key, first.show) == (
        "which-planet-is-the-largest",
        "single_choice",
        "Jupiter",
        4,
    )
    assert [one.text for one in first.distractors] == ["Mars", "Venus", "Saturn"]
    assert (second.kind, second.keys) == ("multiple_choice", ("Mars", "Venus"))
    assert second.explanation == "The Moon orbits the Earth."
    assert third.key == "yes"


def test_nothing_imported_is_code(take):
    """Tags are shown instead of being obeyed, and braces are braces."""
    _, _, third = take(HERE / "capitals.json", "json")
    assert "<script" not in third.prompt
    assert "List&lt;int>" in third.prompt
    assert "{{ 7 * 7 }}" in third.prompt


def test_csv_comes_over(take):
    """Semicolons, quoted lines, empty cells."""
    first, second = take(HERE / "planets.csv", "csv")
    assert (first.key, first.explanation) == ("Jupiter", "It is heavier than all others together.")
    assert (second.keys, second.show) == (("Mars", "Venus"), 3)
    assert second.prompt == "Which of these;\norbit the Sun?"


def test_gift_comes_over(take):
    """Titles, feedback, weights, escapes, HTML, true and false."""
    first, second, third = take(HERE / "planets.gift", "gift")
    assert (first.id, first.title, first.key) == ("largest", "Largest", "Jupiter")
    assert first.prompt == "Which planet\nis the largest?"
    assert first.explanation == "Jupiter is heavier than all others together."
    assert [one.because[:8] for one in first.distractors] == ["Mars is ", "TODO: wh", "It has t"]
    assert (second.keys, second.prompt.split()) == (
        ("Mars", "Venus"),
        ["Which", "of", "these", "orbit", "the", "Sun", "?"],
    )
    assert (third.prompt, third.key, third.show) == ("Is 3 = 3 {really}?", "True", 2)


def test_aiken_comes_over(take):
    """Questions over two lines, and both ways to write a letter."""
    first, second = take(HERE / "planets.aiken.txt", "aiken")
    assert (first.key, [one.text for one in first.distractors]) == ("Jupiter", ["Mars", "Venus"])
    assert second.prompt == "Which planet has the larger rings?"


def test_lint_says_what_an_author_must_add(small, take):
    """Outcomes, topics, reasons, explanation and source."""
    first, *_ = take(HERE / "planets.aiken.txt", "aiken")
    found = [one for one in lint_bank(small.directory, [first.id]).complaints if one.severity == "error"]
    assert {one.code for one in found} == {"todo", "no-outcome", "no-topic"}
    assert sum(one.code == "todo" for one in found) == 4


def test_ids_are_new(small, take):
    """A second question with the same words, or with words of one in the bank, gets a number."""
    text = (HERE / "planets.aiken.txt").read_text()
    file = small.directory.root / "twice.txt"
    file.write_text(text + "\n" + text.replace("Which planet has the larger\nrings?", "Reasons"))
    names = [question.id for question in take(file, "aiken")]
    assert names[2:] == ["which-planet-is-the-largest-2", "reasons-2"]


@pytest.mark.parametrize(
    ("form", "text", "complaint"),
    [
        ("json", "[", (1, "this is not JSON")),
        ("json", "[" * 100_000, (1, "brackets are nested too deep")),
        ("json", "3", (1, "a list of questions is expected")),
        ("json", "[]", (1, "there is no question")),
        ("json", '[\n{"question": "Q?", "options": ["a", "b"], "answer": "c"}]', (2, "the answer \"c\" is none of")),
        ("json", '[{"question": "Q?", "options": ["a", "b"], "answer": 0}]', (1, "question, options and answer")),
        ("json", '[{"question": "Q?", "options": ["a", "a"], "answer": "a"}]', (1, "two options have the same")),
        ("json", '[{"question": "Q?", "options": ["a"], "answer": "a"}]', (1, "1 of 1 options are right")),
        ("json", '[{"question": " ", "options": ["a", "b"], "answer": "a"}]', (1, "the question or one of its")),
        ("csv", "frage,a,b,answer\nQ,1,2,A\n", (1, "the columns question, a, b and answer")),
        ("csv", "question,a,b,answer\nQ?,1,2,C\n", (2, 'the answer "C" is none of')),
        ("csv", 'question,a,b,answer\nQ?,1,"2"x,A\n', (2, "this is not CSV")),
        ("gift", "Just words", (1, "there is no question with its answers")),
        ("gift", "A?{=a ~b}\n\n\nB", (4, "there is no question with its answers")),
        ("gift", "Match {=a -> b =c -> d}", (1, "a matching is no choice")),
        ("gift", "How many? {#3:1}", (1, "a number is no choice")),
        ("gift", "Write. {}", (1, "an essay is no choice")),
        ("gift", "The {=Sun ~Moon} shines.", (1, "a gap to fill in is no choice")),
        ("aiken", "Q?\nA. a\nB. b\nANSWER: C\n", (4, "ANSWER: C belongs to no option")),
        ("aiken", "Q?\nA. a\nB. b\n", (1, "the last question has no ANSWER")),
        ("aiken", "Q?\nA. a\nstray\nANSWER: A\n", (3, '"stray" is neither an option nor an answer')),
    ],
)  # fmt: skip
def test_what_is_no_choice_is_refused_with_its_line(refuse, form, text, complaint):
    """The first complaint has the line and says what is wrong."""
    line, message = refuse(text, form)[0]
    assert line == complaint[0]
    assert message.startswith(complaint[1])


def test_all_complaints_are_listed_at_once(refuse):
    """As everywhere."""
    found = refuse("A?\n\nB? {=a ~b}\n\nC? {=a ~a}\n", "gift")
    assert [line for line, _ in found] == [1, 5]


def test_what_is_no_choice_is_passed_over(small, tmp_path):
    """The choices come over; a number and an essay are listed with their lines. Alone they are refused."""
    file = tmp_path / "mixed.gift"
    file.write_text("A? {}\n\nB? {=100\\% ~$50\\%$}\n\nC? {#3}\n", encoding="utf-8")
    target = small.bank / "unit1" / "mixed.yaml"
    begun = import_questions(small.directory, file, form="gift", lecture="1.1", target=target)
    assert [(one.place.line, one.message) for one in begun.passed_over] == [
        (1, "an essay is no choice"),
        (5, "a number is no choice"),
    ]
    question = small.open().question("b")
    assert (question.key, question.distractors[0].text) == ("100%", r"$50\%$")


@pytest.mark.parametrize("answer", ["B", "B. dog", "dog", "b. Dog"])
def test_letters_before_options_go(take, tmp_path, answer):
    """Where all options have theirs; the answer may have it or not, or be the letter."""
    options = ["A. cat", "B. dog", "C. emu"]
    file = tmp_path / "lettered.json"
    file.write_text(json.dumps([{"question": "Who barks?", "options": options, "answer": answer}]), encoding="utf-8")
    (question,) = take(file, "json")
    assert (question.key, [one.text for one in question.distractors]) == ("dog", ["cat", "emu"])


def test_letters_that_belong_to_options_stay(take, tmp_path):
    """Not all have one, or they are not in their order: then they are no numbering."""
    file = tmp_path / "names.json"
    options = ["A. Turing", "K. Gödel"]
    file.write_text(json.dumps([{"question": "Who?", "options": options, "answer": "A"}]), encoding="utf-8")
    (question,) = take(file, "json")
    assert (question.key, question.distractors[0].text) == ("A. Turing", "K. Gödel")


@pytest.mark.parametrize(
    ("form", "lecture", "target", "message"),
    [
        ("xml", "1.1", "unit1/imported.yaml", 'there is no format "xml"'),
        ("json", "7.7", "unit1/imported.yaml", 'there is no lecture "7.7"'),
        ("json", "1.1", "unit1/choice.yaml", "is no new .yaml file"),
        ("json", "1.1", "imported.yaml", "does not lie in a unit"),
    ],
)
def test_what_cannot_be_written_is_said(small, form, lecture, target, message):
    """No file of the bank is touched."""
    with pytest.raises(GradesmithError, match=message):
        import_questions(
            small.directory, HERE / "capitals.json", form=form, lecture=lecture, target=small.bank / target
        )
