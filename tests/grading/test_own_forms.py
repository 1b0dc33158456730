"""A class of which everybody has a form of their own: each is marked by their own, and the figures are of questions."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from nbgrader import api

from gradesmith.cli.main import main
from gradesmith.course.directories import write_whole
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.forms import Standing
from gradesmith.model.submissions import GradedSubmission, State
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.correct import correct
from gradesmith.workflows.grade import GradingRun, Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from gradesmith.workflows.results import export, feedback, marks_table, report
from tests.conftest import SmallCourse
from tests.grading.own_forms import course_with_own_forms, enrol, who_has_what

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLASS = ("ada", "bob", "cleo", "dan", "eve", "fay")


@dataclass(frozen=True)
class OwnForms:
    """The course, who had which form, what was graded, and the results by student."""

    course: SmallCourse
    standing: Standing
    run: GradingRun
    results: dict[str, GradedSubmission]


def hand_in(course: SmallCourse, student: str, notebook: str) -> None:
    write_whole(course.directory.submitted / student / "quiz" / "quiz.ipynb", notebook)


def patched_with(notebook: str, other: str, *cells: str) -> str:
    """Put some cells of another notebook in place of those that bear the same names."""
    content = json.loads(notebook)
    theirs = {cell["id"]: cell for cell in json.loads(other)["cells"]}
    content["cells"] = [theirs[cell["id"]] if cell["id"] in cells else cell for cell in content["cells"]]
    return json.dumps(content)


@pytest.fixture(scope="module")
def own_forms(tmp_path_factory: pytest.TempPathFactory) -> OwnForms:
    """Ada and bob are perfect; cleo hands in bob's form, dan has bob's second question, eve the sample; fay is late."""
    course = course_with_own_forms(tmp_path_factory.mktemp("own-forms") / "course")
    enrol(course, CLASS[:-1])
    release(course.directory, ["quiz"], NOW, uncertified=True)
    standing = who_has_what(course)
    perfect = {one: answered_notebook(form, solutions(form)) for one, form in standing.by_student.items()}
    assert standing.sample is not None
    for student in ("ada", "bob"):
        hand_in(course, student, perfect[student])
    hand_in(course, "cleo", perfect["bob"])
    hand_in(course, "dan", patched_with(perfect["dan"], perfect["bob"], "q02-prompt", "q02"))
    hand_in(course, "eve", answered_notebook(standing.sample, solutions(standing.sample)))
    enrol(course, ["fay"])
    hand_in(course, "fay", perfect["ada"])
    hand_in(course, "stranger", perfect["ada"])
    run = grade(course.directory, "quiz", Settings(jobs=1))
    with open_gradebook(course.directory) as gradebook:
        results = {one.student: one for one in gradebook.results("quiz")}
    return OwnForms(course=course, standing=standing, run=run, results=results)


def test_everybody_is_marked_by_their_own_form(own_forms: OwnForms) -> None:
    """With all points and without a remark, though the forms have different questions under the same names."""
    for student in ("ada", "bob"):
        result = own_forms.results[student]
        assert result.form == own_forms.standing.by_student[student].digest
        assert (result.score.given, result.score.maximum, result.notes) == (16, 16, ())
    assert own_forms.results["ada"].form != own_forms.results["bob"].form
    assert not own_forms.run.failed


def why(result: GradedSubmission) -> str:
    assert result.state is State.FOR_A_PERSON
    assert all(mark.given is None for mark in result.marks)
    return next(note.message for note in result.notes if note.about == "person")


def test_another_form_is_neither_right_nor_wrong_but_named(own_forms: OwnForms) -> None:
    """Whose it is stands there, also where a single question is another's; a person decides."""
    code = own_forms.standing.by_student["bob"].code
    assert f"title, q01-prompt, q02-prompt, q03-prompt, … are of form {code}, which bob has" in why(
        own_forms.results["cleo"]
    )
    assert f"q02-prompt are of form {code}, which bob has" in why(own_forms.results["dan"])
    assert "are of form sample, which was made to be looked at" in why(own_forms.results["eve"])


def test_who_has_no_form_waits_for_one(own_forms: OwnForms) -> None:
    """A student who came after the release keeps nobody else's work back, and the remedy is named."""
    assert "fay has no form of quiz to be marked by: gradesmith release quiz" in why(own_forms.results["fay"])
    assert own_forms.results["stranger"].state is State.UNREGISTERED


def test_marks_stand_in_shared_columns_of_nbgraders_gradebook(own_forms: OwnForms) -> None:
    """One column for each slot, whichever question stood there."""
    with api.Gradebook(f"sqlite:///{own_forms.course.directory.gradebook}", "small-course") as theirs:
        submission = theirs.find_submission("quiz", "ada")
        (notebook,) = submission.notebooks
        assert {grade.name: grade.auto_score for grade in notebook.grades} == {
            f"q0{number}-check": points for number, points in enumerate((1, 1, 1, 1, 7, 5), start=1)
        }
        assert submission.score == 16
        waiting = theirs.find_submission("quiz", "cleo").notebooks[0]
        assert waiting.needs_manual_grade


def test_pages_and_tables_are_about_questions(own_forms: OwnForms, tmp_path: Path) -> None:
    """Two questions of one slot are never one row, and a question in two slots is."""
    course = own_forms.course
    page = report(course.directory, "quiz", NOW).read_text()
    questions = re.search(r'id="questions".*?</section>', page, re.DOTALL)[0]
    held = {slot.variant.question for one in ("ada", "bob") for slot in own_forms.standing.by_student[one].slots}
    titles = re.findall(r'<td class="title">(.*?)</td>', questions)
    assert len(titles) == len(set(titles)) >= len(held)
    assert "Students had 5 different forms." in questions
    slots = re.search(r'id="slots".*?</section>', page, re.DOTALL)[0]
    assert re.findall(r'<th scope="row" class="id">([^<]*)', slots) == [f"q0{number}" for number in range(1, 7)]
    assert "which bob has" in page
    pages = feedback(course.directory, "quiz")
    assert sorted(path.parts[-3] for path in pages) == ["ada", "bob", "cleo", "dan", "eve"]
    assert not any("bob" in path.read_text() for path in pages if path.parts[-3] != "bob")
    prompts = {
        one: slot.variant.prompt for one in ("ada", "bob") for slot in own_forms.standing.by_student[one].slots[:1]
    }
    assert all(
        prompt in (course.directory.feedback(one, "quiz") / "quiz.html").read_text() for one, prompt in prompts.items()
    )
    _, checks = export(course.directory, "quiz", tmp_path)
    with checks.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["student"] in {"ada", "bob"}]
    for row in rows:
        form = own_forms.standing.by_student[row["student"]]
        assert (row["form"], row["item"]) == (form.code, form.slots[int(row["question"][1:]) - 1].variant.question)
    scores = {row[0]: row[2] for row in marks_table(course.directory, ("quiz",)).rows}
    assert (scores["ada"], scores["cleo"]) == ("16.00", "(0.00)")


Typed = Callable[..., str]


@pytest.fixture
def typed(own_forms: OwnForms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command in the course; return what is printed."""

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["gradesmith", "--course", str(own_forms.course.directory.root), *words])
        with pytest.raises(SystemExit):
            main()
        said = capsys.readouterr()
        return said.out + said.err

    return run


def test_forms_lists_who_has_what(own_forms: OwnForms, typed: Typed) -> None:
    """Everybody's form, one student's questions, and how many have a question."""
    listed = json.loads(typed("forms", "quiz", "--json"))
    assert [(one["student"], one["form"]) for one in listed] == [
        (one, own_forms.standing.by_student[one].code if one != "fay" else None) for one in CLASS
    ]
    assert "1 student without a form: gradesmith release quiz" in typed("forms", "quiz")
    ada = own_forms.standing.by_student["ada"]
    shown = json.loads(typed("forms", "quiz", "--student", "ada", "--json"))
    assert shown["slots"][0] == {
        "slot": "q01",
        "question": ada.slots[0].variant.question,
        "version": ada.slots[0].variant.version,
        "seed": ada.slots[0].variant.seed,
        "points": 1.0,
    }
    assert f"form {ada.code} of ada" in typed("forms", "quiz", "--student", "ada")
    assert "fay has no form" in typed("forms", "quiz", "--student", "fay")
    counted = {one["question"]: one for one in json.loads(typed("forms", "quiz", "--questions", "--json"))}
    assert (counted["screening"]["students"], counted["screening"]["of"]) == (5, 5)
    assert sum(one["students"] for one in counted.values()) == 30
    assert "100%" in typed("forms", "quiz", "--questions")
    assert "no assessment" in typed("forms", "quizz")
    assert "choose one" in typed("forms", "quiz", "--questions", "--student", "ada")


def test_a_wrong_key_is_mended_in_every_form_that_has_it(own_forms: OwnForms) -> None:
    """Everybody keeps their letters and is marked again; what students saw can't change, and that is told once."""
    course, standing = own_forms.course, own_forms.standing
    word = next(
        slot.variant.question.removeprefix("where-is-")
        for slot in standing.by_student["ada"].slots
        if slot.variant.question.startswith("where-is-")
    )
    right, wrong = f"What lies {word}", f"Nothing that lies {word}"
    text = (course.bank / "unit1/places.yaml").read_text()
    course.write("unit1/places.yaml", text.replace(f"Which of these is {word} of", f"Which one is {word} of"))
    with pytest.raises(GradesmithError) as caught:
        correct(course.directory, ["quiz"], NOW, uncertified=True)
    assert caught.value.message.count("another prompt") == 1
    changed = text.replace(f"key: {right}\n", "key: KEY\n").replace(f"text: {wrong},", f"text: {right},")
    course.write("unit1/places.yaml", changed.replace("key: KEY", f"key: {wrong}"))
    (correction,) = correct(course.directory, ["quiz"], NOW, uncertified=True)
    holders = [
        one
        for one, form in standing.by_student.items()
        if f"where-is-{word}" in {s.variant.question for s in form.slots}
    ]
    assert (correction.forms, correction.of) == (len(holders), 5)
    after = who_has_what(course)
    for student, form in after.by_student.items():
        same = [one.variant.parts[0].interaction for one in form.slots]
        assert same == [one.variant.parts[0].interaction for one in standing.by_student[student].slots]
    run = grade(course.directory, "quiz", Settings(jobs=1))
    moved = {one.student: one.after.given - one.before.given for one in run.changes}
    assert moved == {one: Fraction(-1) for one in ("ada", "bob") if one in holders}
    assert {one.student for one in run.graded} >= {one for one in ("ada", "bob") if one in holders}
    assert grade(course.directory, "quiz", Settings(jobs=1)).graded == []
    (cleo,) = grade(course.directory, "quiz", Settings(jobs=1, students=("cleo",), again=True)).graded
    assert why(cleo).endswith("which bob has")
