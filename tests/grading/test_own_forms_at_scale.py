"""The shipped weekly tests as forms of students' own, for sixty students: what the small course shows, at that size."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader import api

from gradesmith.bank.loader import open_bank, questions_in
from gradesmith.course.directories import CourseDirectory
from gradesmith.model.assessments import Form
from gradesmith.model.outcomes import Progress
from gradesmith.model.submissions import State
from gradesmith.notebooks.writing import student_notebook
from gradesmith.rules.difficulty import expectations
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.rehearse import Rehearsal, rehearse
from gradesmith.workflows.results import export, feedback, report
from tests.assembly.checker import Checker

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
STUDENTS = 60


def faults(course: CourseDirectory, name: str, forms: Mapping[str, Form]) -> list[str]:
    """Return what is wrong with these forms, given in the order of the roster."""
    bank = open_bank(course.bank)
    assessment = bank.assessment(name)
    expected = expectations(bank.questions.values(), bank.statistics)
    shares = {question: one.share for question, one in expected.items()}
    return Checker(assessment=assessment, pool=tuple(questions_in(bank, assessment.units)), shares=shares).wrong(forms)


@pytest.mark.soak
@pytest.mark.parametrize("name", ["wt1", "wt2", "wt3"])
def test_a_class_of_sixty_each_with_a_form_of_their_own(tmp_path: Path, name: str) -> None:
    """All are released, simulated, marked by their own form, and told; perfect students have full marks."""
    course = CourseDirectory(tmp_path / "course")
    shutil.copytree(ROOT / "question_bank", course.bank)
    blueprint = course.bank / "assessments" / f"{name}.yaml"
    blueprint.write_text(blueprint.read_text().replace("forms: 1", "forms: per_student"))
    pupils = rehearse(course, name, Rehearsal(students=STUDENTS, seed=7), NOW)
    with open_gradebook(course) as gradebook:
        standing = gradebook.standing(name)
    assert len(standing.forms) == STUDENTS
    assert faults(course, name, {pupil.record.id: standing.by_student[pupil.record.id] for pupil in pupils}) == []
    for student, form in standing.by_student.items():
        notebook = course.release_to(student, name) / f"{name}.ipynb"
        assert notebook.read_text() == student_notebook(form)
    run = grade(course, name, Settings(jobs=2))
    assert (len(run.graded), run.failed, run.missing) == (STUDENTS, {}, ())
    results = {one.student: one for one in run.graded}
    for pupil in pupils:
        result = results[pupil.record.id]
        assert result.form == standing.by_student[pupil.record.id].digest
        if pupil.recipe == "perfect":
            assert (result.score.given, result.score.progress) == (result.score.maximum, Progress.FULLY_GRADED)
        assert (result.state is State.FOR_A_PERSON) == (pupil.recipe in {"empty_file", "not_json"})
    with api.Gradebook(f"sqlite:///{course.gradebook}", "machine-learning") as theirs:
        scores = {one.student.id: one.score for one in theirs.assignment_submissions(name)}
    assert scores == {one.student: pytest.approx(float(one.score.given)) for one in run.graded}
    assert len(feedback(course, name)) == STUDENTS
    assert f"Students had {STUDENTS} different forms" in report(course, name, NOW).read_text()
    assert all(path.is_file() for path in export(course, name, tmp_path))
    again = grade(course, name, Settings(jobs=1))
    assert len(again.unchanged) == STUDENTS
