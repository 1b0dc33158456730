"""One graded class for all expectations about it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.assessments import Form
from gradesmith.model.submissions import GradedSubmission
from gradesmith.workflows.grade import GradingRun, Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import Pupil, simulate
from tests.grading.courses import new_course


@dataclass(frozen=True)
class GradedClass:
    """A simulated class after grading: who handed in how, and what came of it."""

    course: CourseDirectory
    form: Form
    pupils: tuple[Pupil, ...]
    run: GradingRun
    results: dict[str, GradedSubmission]

    def by_recipe(self, recipe: str) -> GradedSubmission:
        """Return the result of the first pupil with this recipe."""
        return self.results[next(one.record.id for one in self.pupils if one.recipe == recipe)]


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """Twelve pupils, one of each recipe and more, graded in weekly test 5."""
    course = new_course(tmp_path_factory.mktemp("class"), "wt5")
    pupils = simulate(course, "wt5", 12, seed=3)
    run = grade(course, "wt5", Settings(jobs=2))
    with open_gradebook(course) as gradebook:
        results = {one.student: one for one in gradebook.results("wt5")}
        form = gradebook.forms("wt5")[0]
    return GradedClass(course=course, form=form, pupils=pupils, run=run, results=results)
