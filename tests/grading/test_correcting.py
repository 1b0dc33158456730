"""A wrong key is mended under marked work: what students were given stays, and marking again shows what changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gradesmith.cli.main import main
from gradesmith.course.directories import write_whole
from gradesmith.errors import GradesmithError, Unreleased
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import State
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.correct import correct
from gradesmith.workflows.grade import GradingRun, Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from tests.conftest import SmallCourse

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHOICE = "unit1/choice.yaml"


def hand_in(course: SmallCourse, student: str, answers: dict[str, str]) -> None:
    notebook = answered_notebook(course.form("quiz"), answers)
    write_whole(course.directory.submitted / student / "quiz" / "quiz.ipynb", notebook)


def mark_all(course: SmallCourse) -> GradingRun:
    return grade(course.directory, "quiz", Settings(jobs=1))


@pytest.fixture
def marked(small: SmallCourse) -> SmallCourse:
    """A quiz that ada and bob answered and that is marked: ada by the key, bob with another option in q01."""
    release(small.directory, ["quiz"], NOW, uncertified=True)
    form = small.form("quiz")
    right = solutions(form)
    key = form.slots[0].variant.parts[0].key.letters[0]
    wrong = next(letter for letter in "ABCD" if letter != key)
    hand_in(small, "ada", right)
    hand_in(small, "bob", {**right, "q01": f'q01 = "{wrong}"'})
    with open_gradebook(small.directory) as gradebook:
        gradebook.register([StudentRecord(id="ada"), StudentRecord(id="bob")])
    assert mark_all(small).changes == ()
    return small


def exchange_key(course: SmallCourse) -> None:
    """Make what bob chose in q01 the key, and the key a distractor."""
    slot = course.form("quiz").slots[0]
    part = slot.variant.parts[0]
    texts = {option.letter: option.text for option in part.interaction.options}
    key = texts[part.key.letters[0]]
    chosen = next(texts[letter] for letter in "ABCD" if letter != part.key.letters[0])
    course.edit(CHOICE, f"key: {key}", "key: KEY")
    course.edit(CHOICE, f"text: {chosen}", f"text: {key}")
    course.edit(CHOICE, "key: KEY", f"key: {chosen}")


def test_a_corrected_key_marks_again(marked: SmallCourse) -> None:
    """Letters stay as they were handed out, everybody is marked again, and the difference is told."""
    before = json.loads((marked.directory.release("quiz") / "quiz.ipynb").read_text())
    exchange_key(marked)
    with pytest.raises(GradesmithError, match="gradesmith release --correct quiz"):
        release(marked.directory, ["quiz"], NOW, uncertified=True)
    (correction,) = correct(marked.directory, ["quiz"], NOW, uncertified=True)
    assert correction.mended == ("q01",)
    assert json.loads((marked.directory.release("quiz") / "quiz.ipynb").read_text()) == before
    run = mark_all(marked)
    moves = {one.student: (one.after.given - one.before.given, dict(one.cells)) for one in run.changes}
    assert moves == {"ada": (-1, {"q01": (1, 0)}), "bob": (1, {"q01": (0, 1)})}
    assert all(not one.notes for one in run.graded)
    assert mark_all(marked).unchanged == ["ada", "bob"]


def test_a_corrected_check_accuses_nobody(marked: SmallCourse) -> None:
    """Students still have the test cell that they were given; nobody has changed it."""
    marked.edit("unit1/doubling/checks.py", '"""Two doubled is four."""', '"""Twice two is four."""')
    assert correct(marked.directory, ["quiz"], NOW, uncertified=True)[0].mended == ("q04",)
    run = mark_all(marked)
    assert run.changes == ()
    assert [one.notes for one in run.graded] == [(), ()]
    assert {outcome.title for one in run.graded for outcome in one.outcomes} >= {"Twice two is four."}


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        (CHOICE, "Which is largest?", "Which is largest of all?", r"q01 \(largest-number\): another prompt"),
        (CHOICE, "Two of ten", "Three of ten", r"q02 \(smallest-number\): other options"),
        ("unit1/doubling/starter.py", "...", "pass", r"q04 \(double-it\): another starter"),
    ],
)
def test_what_students_were_given_stays(marked: SmallCourse, file: str, old: str, new: str, why: str) -> None:
    """A correction that would change a question is refused, and says which."""
    before = marked.directory.gradebook.read_bytes()
    marked.edit(file, old, new)
    with pytest.raises(GradesmithError, match=why):
        correct(marked.directory, ["quiz"], NOW, uncertified=True)
    assert marked.directory.gradebook.read_bytes() == before


def test_only_what_was_released_can_be_corrected(small: SmallCourse) -> None:
    """And the command to type is another then."""
    with pytest.raises(Unreleased, match="gradesmith release quiz"):
        correct(small.directory, ["quiz"], NOW, uncertified=True)


def test_a_strangers_work_does_not_hold_a_form(small: SmallCourse) -> None:
    """Work of nobody who is registered is no marked work, so another form may take the first one's place."""
    release(small.directory, ["quiz"], NOW, uncertified=True)
    hand_in(small, "stranger", solutions(small.form("quiz")))
    assert [one.state for one in mark_all(small).graded] == [State.UNREGISTERED]
    small.edit(CHOICE, "Which is largest?", "Which is largest of all?")
    form = release(small.directory, ["quiz"], NOW, uncertified=True)[0].form
    with open_gradebook(small.directory) as gradebook:
        assert gradebook.forms("quiz") == (form,)
        assert len(gradebook.earlier_forms("quiz")) == 1


Typed = Callable[..., str]


@pytest.fixture
def typed(marked: SmallCourse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command in the marked course and return what it prints."""

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["gradesmith", "--course", str(marked.directory.root), *words])
        with pytest.raises(SystemExit):
            main()
        return capsys.readouterr().out

    return run


def test_the_commands_tell_what_they_corrected(marked: SmallCourse, typed: Typed) -> None:
    """The slots that were mended, then who has other marks now."""
    assert typed("release", "--correct", "quiz").startswith("quiz: nothing to correct")
    exchange_key(marked)
    said = typed("release", "--correct", "quiz", "--uncertified")
    assert said == "quiz: form A is corrected in q01\nnext: gradesmith grade quiz\n"
    lines = typed("grade", "quiz", "--jobs", "1").splitlines()
    assert any("ada" in line and "q01 1 → 0" in line for line in lines)
    assert any("bob" in line and "q01 0 → 1" in line for line in lines)
    assert "marked again: 2; changed: 2, as before: 0" in lines


NUMBERS = """\
- id: tripling
  kind: numeric
  lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: easy
  bloom: apply
  minutes: 2
  prompt: What is three times {{ a }}?
  parameters: {a: {integers: [1, 1000000]}}
  compute: b = 2 * a
  answers: [{name: b, value: b, tolerance: 0.001, label: Three times}]
  explanation: Because it is so.
  source: The book, chapter 1
"""


def test_drawn_numbers_stay_through_corrections(small: SmallCourse) -> None:
    """A question's numbers are those that students met, however often its key is corrected."""
    small.write("unit1/numbers.yaml", NUMBERS)
    small.edit("assessments/quiz.yaml", "kind: code", "kind: numeric")
    first = release(small.directory, ["quiz"], NOW, uncertified=True)[0].form
    path = small.edit("unit1/numbers.yaml", "b = 2 * a", "b = 4 * a")
    second = correct(small.directory, ["quiz"], NOW, uncertified=True)[0]
    path.write_text(path.read_text().replace("b = 4 * a", "b = 3 * a"))
    third = correct(small.directory, ["quiz"], NOW, uncertified=True)[0]
    assert second.mended == third.mended == ("q04",)
    one, two, three = (form.slots[3].variant for form in (first, second.form, third.form))
    assert one.prompt == two.prompt == three.prompt
    keys = [variant.parts[0].key.fields[0].value for variant in (one, two, three)]
    assert keys == [keys[0], 2 * keys[0], 1.5 * keys[0]]
