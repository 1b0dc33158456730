"""Every student gets a form of their own, frozen: it is the one in their folder, and nothing changes it any more."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradesmith.course.secret import course_secret, standing_secret
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import SAMPLE
from gradesmith.notebooks.writing import student_notebook
from gradesmith.rules.likeness import must_share_cells
from gradesmith.workflows import handing_out
from gradesmith.workflows.author import build
from gradesmith.workflows.library import check_library
from gradesmith.workflows.release import Manner, Released, release
from tests.conftest import SmallCourse
from tests.grading.own_forms import course_with_own_forms, enrol, who_has_what

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLASS = ("zoe", "ada", "bob")


@pytest.fixture
def course(tmp_path: Path) -> SmallCourse:
    made = course_with_own_forms(tmp_path / "course")
    enrol(made, CLASS)
    return made


def hand_out(course: SmallCourse, *, anew: bool = False, warnings: list[str] | None = None) -> Released:
    manner = Manner(anew=anew, warn=[].append if warnings is None else warnings.append)
    return release(course.directory, ["quiz"], NOW, uncertified=True, manner=manner)[0]


def notebooks(course: SmallCourse) -> dict[str, bytes]:
    root = course.directory.root / "release"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.ipynb"))}


def test_each_has_the_notebook_of_the_form_that_is_frozen(course: SmallCourse) -> None:
    """And the sample, which nobody has, lies where a single form would."""
    released = hand_out(course)
    standing = who_has_what(course)
    assert standing.by_student == released.by_student
    assert released.fresh == CLASS
    assert len({form.digest for form in standing.forms}) == 3
    assert {form.code for form in standing.forms} & {SAMPLE, "A"} == set()
    assert notebooks(course) == {
        "quiz/quiz.ipynb": student_notebook(released.form).encode(),
        **{f"{one}/quiz/quiz.ipynb": student_notebook(standing.by_student[one]).encode() for one in sorted(CLASS)},
    }
    assert released.form.code == SAMPLE
    assert build(course.directory, ["quiz"], check=True, uncertified=True) == []
    assert stat.S_IMODE((course.directory.root / "release" / "ada").stat().st_mode) == 0o700


def test_releasing_again_serves_latecomers_and_changes_nothing_else(course: SmallCourse) -> None:
    """Whatever became of the bank; a question that is retired or gone is told of."""
    first = hand_out(course)
    before, database = notebooks(course), course.directory.gradebook.read_bytes()
    assert hand_out(course).fresh == ()
    assert (notebooks(course), course.directory.gradebook.read_bytes()[100:]) == (before, database[100:])
    course.edit("unit1/choice.yaml", "Which is largest?", "Which is the largest?")
    held = {slot.variant.question for form in first.by_student.values() for slot in form.slots}
    gone = sorted(one for one in held if one.startswith("where-is-"))[0]
    word = gone.removeprefix("where-is-")
    course.edit("unit1/places.yaml", f"id: {gone}\n  kind", f"id: {gone}\n  retired: true\n  kind")
    enrol(course, ["late"])
    warnings: list[str] = []
    again = hand_out(course, warnings=warnings)
    assert again.fresh == ("late",)
    assert {name: content for name, content in notebooks(course).items() if "late" not in name} == before
    assert any(f"quiz: where-is-{word} is retired; " in one and "which stays as it is" in one for one in warnings)
    assert gone not in {slot.variant.question for slot in again.by_student["late"].slots}


def test_forms_can_be_drawn_anew_until_work_is_marked(course: SmallCourse) -> None:
    """From a bank that has changed; the old notebooks are gone before the new forms count."""
    hand_out(course)
    before = who_has_what(course)
    course.edit("assessments/quiz.yaml", "count: 4, points: 1", "count: 5, points: 1")
    (course.directory.release_to("ada", "quiz") / "old.csv").write_text("of the old form")
    assert who_has_what(course) == before
    hand_out(course, anew=True)
    after = who_has_what(course)
    assert all(len(form.slots) == 7 for form in after.forms)
    assert not (course.directory.release_to("ada", "quiz") / "old.csv").exists()
    assert {one.code for one in after.forms} == {one.code for one in before.forms}


@pytest.mark.parametrize("written", [0, 1, 3])
def test_a_release_that_is_killed_leaves_nobody_with_a_notebook_that_is_not_theirs(
    course: SmallCourse, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """After any number of files; the next release goes on."""
    hand_out(course)
    course.edit("assessments/quiz.yaml", "title: A quiz", "title: Another quiz")
    left = [written]
    whole = handing_out.write_whole

    def dies(path: Path, content: bytes) -> bool:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return whole(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(handing_out, "write_whole", dies)
        with pytest.raises(KeyboardInterrupt):
            hand_out(course, anew=True)
    theirs = {one: student_notebook(form).encode() for one, form in who_has_what(course).by_student.items()}
    for student, expected in theirs.items():
        path = course.directory.release_to(student, "quiz") / "quiz.ipynb"
        assert not path.exists() or path.read_bytes() == expected
    hand_out(course)
    assert {f"{one}/quiz/quiz.ipynb" for one in CLASS} < notebooks(course).keys()


def test_what_forbids_a_release_leaves_everything_as_it_is(
    course: SmallCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal in the gradebook comes before anything is removed."""
    hand_out(course)
    before = notebooks(course)
    course.edit("assessments/quiz.yaml", "title: A quiz", "title: Another quiz")

    def refuses(*_: object, **__: object) -> None:
        raise GradesmithError("marked already")

    monkeypatch.setattr("gradesmith.gradebook.forms.assign", refuses)
    with pytest.raises(GradesmithError, match="marked already"):
        hand_out(course, anew=True)
    assert notebooks(course) == before


def test_without_a_class_nothing_is_released(tmp_path: Path) -> None:
    """And the command that comes first is named; neither do ids go that can't stand beside each other."""
    course = course_with_own_forms(tmp_path / "course")
    with pytest.raises(GradesmithError, match=r"nobody is registered yet\n.*gradesmith roster add"):
        hand_out(course)
    enrol(course, ["ada", "Ada", "a/b", "quiz"])
    with pytest.raises(GradesmithError) as caught:
        hand_out(course)
    assert "Ada: this id differs from the registered ada in letter case only" in caught.value.message
    assert "a/b: this id can't name a folder" in caught.value.message
    assert "quiz: this is the id of an assessment" in caught.value.message
    assert not (course.directory.root / "release").exists()
    assert standing_secret(course.directory) is None


def test_forms_with_other_cells_are_refused(course: SmallCourse) -> None:
    """One column of the gradebook can't hold two kinds of answers."""
    released = hand_out(course)
    form = released.by_student["ada"]
    shorter = form.but(items=form.items[:-1])
    swapped = form.but(items=(form.items[0], form.items[2], form.items[1], *form.items[3:]))
    with pytest.raises(GradesmithError, match=r"(?s)ada: there is no q06.*gradesmith release --anew quiz"):
        must_share_cells(released.form, {"ada": shorter})
    with pytest.raises(GradesmithError, match="bob: its questions stand in another order"):
        must_share_cells(released.form, {"ada": form, "bob": swapped})
    last = form.slots[-1]
    part = last.variant.parts[0]
    dearer = last.but(variant=last.variant.but(parts=(part.but(points=6),)))
    with pytest.raises(GradesmithError, match="ada: q06 is code worth 6, not code worth 5"):
        must_share_cells(released.form, {"ada": form.but(items=(*form.items[:-1], dearer))})
    must_share_cells(released.form, {"ada": form})


def test_going_back_to_a_single_form_takes_their_own_away(course: SmallCourse) -> None:
    """Nobody finds a notebook in a folder of their own that does not count any more."""
    hand_out(course)
    course.edit("assessments/quiz.yaml", "forms: per_student", "forms: 1")
    hand_out(course, anew=True)
    assert notebooks(course).keys() == {"quiz/quiz.ipynb"}
    assert who_has_what(course).everyone is not None


def test_parallel_forms_are_each_for_several_students(course: SmallCourse) -> None:
    """Three forms for five students: their code says which."""
    course.edit("assessments/quiz.yaml", "forms: per_student", "forms: 3")
    enrol(course, ["dan", "eve"])
    released = hand_out(course)
    assert sorted(form.code for form in released.by_student.values()) == ["A", "A", "B", "B", "C"]
    assert len(who_has_what(course).forms) == 3


def test_versions_of_a_question_are_marked_each_by_its_own_checks(course: SmallCourse) -> None:
    """What was released before an edit keeps the checks of its version, what comes after has those of the new one."""
    hand_out(course)
    for task in ("doubling", "tripling"):
        checks = (course.bank / "unit1" / task / "checks.py").read_text()
        course.write(f"unit1/{task}/checks.py", checks + "\n\n# edited\n")
    enrol(course, [f"late-{number}" for number in range(4)])
    hand_out(course)
    library = check_library(who_has_what(course).forms)
    assert len(library) == 4
    assert sorted("# edited" in source for source in library.values()) == [False, False, True, True]


RETAKE = """\
id: retake
title: A retake
kind: weekly_test
units: [1]
minutes: 20
forms: per_student
seed: 4713
apart_from: [quiz]
sections:
  - title: Choose
    pick: {kind: single_choice, count: 4, points: 1}
"""


def test_what_another_assessment_has_used_in_released_forms_is_not_used(tmp_path: Path) -> None:
    """Whoever knows the questions of the quiz meets none of them in the next test."""
    course = course_with_own_forms(tmp_path / "course")
    course.write("assessments/retake.yaml", RETAKE)
    enrol(course, ["ada"])
    retake, quiz = release(course.directory, ["retake", "quiz"], NOW, uncertified=True)
    assert (retake.form.assessment, len(questions_of(quiz)), len(questions_of(retake))) == ("retake", 6, 4)
    assert not questions_of(quiz) & questions_of(retake)
    again = release(course.directory, ["retake"], NOW, uncertified=True, manner=Manner(anew=True))[0]
    assert again.by_student == retake.by_student


def questions_of(released: Released) -> set[str]:
    return {slot.variant.question for form in released.by_student.values() for slot in form.slots}


def test_the_secret_is_made_once_for_its_owner_alone(course: SmallCourse) -> None:
    """Whoever has it can foretell every form; so what others could read is refused."""
    path = course.directory.secret
    made = course_secret(course.directory)
    assert (course_secret(course.directory), len(made), stat.S_IMODE(path.stat().st_mode)) == (made, 32, 0o600)
    assert any(path.is_relative_to(folder) for folder in course.directory.hidden)
    assert [one.name for one in path.parent.iterdir() if "secret" in one.name] == ["secret"]
    path.chmod(0o640)
    with pytest.raises(GradesmithError, match=f"others may read or write .*\n  chmod 600 {path}"):
        course_secret(course.directory)
    path.chmod(0o600)
    path.write_bytes(made[:5])
    with pytest.raises(GradesmithError, match="does not hold the 32 bytes"):
        course_secret(course.directory)
    path.unlink()
    path.symlink_to(os.devnull)
    with pytest.raises(GradesmithError, match="symbolic link"):
        course_secret(course.directory)


def test_five_hundred_forms_are_found_in_one_look(course: SmallCourse) -> None:
    """Who has what is one query, whatever the class."""
    released = hand_out(course)
    students = {f"s{number:03}": released.form.but(code=f"F{number:03}") for number in range(500)}
    with Gradebook.open(course.directory.gradebook, course="small-course") as gradebook:
        gradebook.hand_out(Released(form=released.form, by_student=students).handout, NOW)
        standing = gradebook.standing("quiz")
    assert standing.by_student == {**released.by_student, **students}


def test_slots_that_draw_from_too_little_are_told_of_once(course: SmallCourse) -> None:
    """When forms are drawn, not when they are only handed out again."""
    warnings: list[str] = []
    hand_out(course, warnings=warnings)
    assert any("fewer than 3 for each" in one and "write " in one for one in warnings), warnings
    again: list[str] = []
    hand_out(course, warnings=again)
    assert again == []


def test_one_form_for_everybody_does_not_take_the_place_of_forms_of_their_own_in_passing(course: SmallCourse) -> None:
    """Only who asks for that takes back what was handed out; the same the other way round."""
    hand_out(course)
    before, assessment = notebooks(course), "assessments/quiz.yaml"
    course.edit(assessment, "forms: per_student", "forms: 1")
    with pytest.raises(GradesmithError, match="has a form of their own already, and its blueprint now asks for one"):
        hand_out(course)
    assert notebooks(course) == before
    assert hand_out(course, anew=True).form.code == "A"
    course.edit(assessment, "forms: 1", "forms: per_student")
    with pytest.raises(GradesmithError, match="has the same form already, and its blueprint now asks for several"):
        hand_out(course)
    assert hand_out(course, anew=True).fresh == CLASS
