"""What each way of handing in must lead to."""

from __future__ import annotations

from fractions import Fraction

import nbformat
import pytest

from gradesmith.model.outcomes import Mark, Progress, Status
from gradesmith.model.submissions import GradedSubmission, State
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from tests.grading.conftest import GradedClass

CODE = "q12"


def lost(result: GradedSubmission) -> dict[str, Fraction]:
    return {mark.cell: mark.maximum - mark.given for mark in result.marks if mark.given not in {None, mark.maximum}}


def mark_of(result: GradedSubmission, cell: str) -> Mark:
    return next(mark for mark in result.marks if mark.cell == cell)


def test_everybody_is_recorded(graded_class: GradedClass) -> None:
    """No submission stops the others, and each has a state in the end."""
    assert not graded_class.run.failed
    assert set(graded_class.results) == {pupil.record.id for pupil in graded_class.pupils}


def test_a_perfect_notebook_earns_everything(graded_class: GradedClass) -> None:
    """Solutions earn 100 %."""
    result = graded_class.by_recipe("perfect")
    assert result.score.given == result.score.maximum == 20
    assert result.score.progress is Progress.FULLY_GRADED
    assert result.state is State.GRADED


def test_an_untouched_notebook_earns_nothing(graded_class: GradedClass) -> None:
    """A starter handed back is skipped throughout, and every planned check has its outcome."""
    result = graded_class.by_recipe("untouched")
    assert result.score.given == 0
    assert {outcome.status for outcome in result.outcomes} == {Status.SKIPPED}
    planned = sum(
        len(getattr(part.key, "checks", getattr(part.key, "fields", (None,))))
        for slot in graded_class.form.slots
        for part in slot.variant.parts
    )
    assert len(result.outcomes) == planned


def test_a_syntax_error_loses_its_own_question_only(graded_class: GradedClass) -> None:
    """The rest of the notebook is graded as if nothing had happened."""
    assert lost(graded_class.by_recipe("syntax_error")) == {CODE: 5}


def test_an_endless_loop_loses_its_own_question_only(graded_class: GradedClass) -> None:
    """The loop is stopped, its checks are TIMED_OUT, and the other questions count."""
    result = graded_class.by_recipe("endless_loop")
    assert lost(result) == {CODE: 5}
    assert {outcome.status for outcome in mark_of(result, CODE).outcomes} == {Status.TIMED_OUT}


def test_a_duplicated_cell_is_resolved_and_noted(graded_class: GradedClass) -> None:
    """The first answered copy counts."""
    result = graded_class.by_recipe("duplicated_cell")
    assert result.score.given == 20
    assert any("2 times" in note.message for note in result.notes)


def test_a_deleted_answer_is_skipped_and_noted(graded_class: GradedClass) -> None:
    """The cell is put back empty; its question is unanswered, not wrong."""
    result = graded_class.by_recipe("deleted_cell")
    assert lost(result) == {"q01": 1}
    assert [outcome.status for outcome in mark_of(result, "q01").outcomes] == [Status.SKIPPED]
    assert any("missing" in note.message for note in result.notes)


def test_what_cannot_be_read_waits_for_a_person(graded_class: GradedClass) -> None:
    """An empty file or one that is not JSON is no zero: nothing is marked, and it is said why."""
    for recipe, word in {"empty_file": "empty", "not_json": "not JSON"}.items():
        result = graded_class.by_recipe(recipe)
        assert result.state is State.FOR_A_PERSON
        assert result.score.progress is Progress.PENDING_MANUAL
        assert all(mark.given is None for mark in result.marks)
        assert {outcome.status for outcome in result.outcomes} == {Status.NOT_RUN}
        assert any(word in note.message for note in result.notes)


def test_a_second_run_has_nothing_to_do(graded_class: GradedClass) -> None:
    """What has not changed is not graded again; asked to, the engine comes to the same marks."""
    again = grade(graded_class.course, "wt5", Settings(jobs=1))
    assert len(again.unchanged) == 12
    assert not again.graded
    pupil = next(one.record.id for one in graded_class.pupils if one.recipe == "partly_wrong")
    repeated = grade(graded_class.course, "wt5", Settings(jobs=1, students=(pupil,), again=True))
    assert [one.marks for one in repeated.graded] == [graded_class.results[pupil].marks]


def test_the_graded_copy_holds_no_hidden_check(graded_class: GradedClass) -> None:
    """autograded/ shows how each check ended, by its title, and nothing of what a hidden one does."""
    pupil = next(one.record.id for one in graded_class.pupils if one.recipe == "perfect")
    path = graded_class.course.autograded(pupil, "wt5") / "wt5.ipynb"
    notebook = nbformat.read(path, as_version=4)
    text = path.read_text()
    key = graded_class.form.slots[-1].variant.parts[0].key
    hidden = [check for check in key.checks if not check.visible]
    assert hidden
    for check in hidden:
        assert check.name not in text
        assert check.title in text
    assert "HIDDEN" not in text
    shown = next(cell for cell in notebook.cells if cell.id == f"{CODE}-check")
    assert shown.outputs[-1].data["text/plain"] == "5.0"


def test_nbgraders_own_tables_hold_the_marks(graded_class: GradedClass) -> None:
    """formgrader and export see the same scores."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded_class.course.gradebook}", course_id="machine-learning") as gradebook:
        for student, result in graded_class.results.items():
            if result.state is State.GRADED:
                score = gradebook.find_submission("wt5", student).score
                assert score == pytest.approx(float(result.score.given))


def test_a_changed_submission_counts_as_new(graded_class: GradedClass) -> None:
    """What was graded is known by its content and its plan together."""
    with open_gradebook(graded_class.course) as gradebook:
        first = graded_class.pupils[0].record.id
        result = graded_class.results[first]
        assert gradebook.graded_by("wt5")[first] == (result.submission_digest, result.plan_digest)
