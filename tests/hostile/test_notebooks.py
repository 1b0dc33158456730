"""Every notebook of the corpus, through the real workflow: read, planned, run, marked, and opened by whoever marks."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradesmith.model.assessments import Form
from gradesmith.model.questions import DataFile
from gradesmith.model.submissions import GradedSubmission, State, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.notebooks.writing import answered_notebook, instructor_notebook, solutions, student_notebook
from gradesmith.workflows.understand import graded, understand
from tests.hostile.arena import LIMITS, Arena, shown
from tests.hostile.cases import CASES, THROUGH, Case
from tests.hostile.naive import notebook_earns_full_marks
from tests.hostile.rendering import live_parts

NOTEBOOKS = [case for case in CASES if case.is_notebook]


@pytest.fixture(scope="session")
def form(quiz: Form) -> Form:
    return quiz.but(limits=LIMITS)


def graded_copy(arena: Arena, form: Form, content: bytes, files: dict[str, str]) -> tuple[GradedSubmission, str, str]:
    """Grade a notebook: the result, the copy for whoever marks, and what its cells have shown."""
    given = tuple(
        DataFile(name=name, content=base64.b64encode(text.encode()).decode()) for name, text in sorted(files.items())
    )
    submission = Submission(
        student="mallory", assessment="quiz", timestamp=datetime(2026, 3, 2, tzinfo=UTC), sha256="0" * 64,
        notebook=content, files=given,
    )  # fmt: skip
    understood = understand(form, submission)
    assert understood.plan is not None, understood.problem
    report = arena.engine.run(understood.plan)
    result = graded(understood, report)
    runs = {one.id: one for one in report.cells}
    marks = {one.cell: one for one in result.marks}
    return result, autograded_notebook(form, understood.found, runs, marks, result.notes), shown(report)


def honest(form: Form) -> bytes:
    return answered_notebook(form, solutions(form)).encode()


def names_on_the_page(form: Form) -> set[str]:
    """The names by which formgrader finds its boxes."""
    cells = [cell.id for cell in skeleton(form)]
    return {f"{cell}{more}" for cell in cells for more in ("", "-comment", "_extra_credit")}


def test_an_honest_notebook_is_whole(arena, form, tmp_path) -> None:
    """Both graders give it its marks; nothing on its page is live, and its formulas and tables are as they were."""
    assert notebook_earns_full_marks(tmp_path, honest(form), instructor_notebook(form), student_notebook(form))
    result, copy, _ = graded_copy(arena, form, honest(form), {})
    assert result.state is State.GRADED
    assert {mark.cell: mark.given == mark.maximum for mark in result.marks if mark.given is not None} == {
        mark.cell: True for mark in result.marks if not mark.cell.endswith("judgement")
    }
    assert live_parts(copy, names_on_the_page(form)) == []


@pytest.mark.parametrize("case", [case for case in NOTEBOOKS if case.fools_naive], ids=lambda case: case.name)
def test_it_is_an_attack(form, tmp_path, case: Case) -> None:
    """A grader that takes the notebook's word gives full marks, of which not all are earned."""
    assert notebook_earns_full_marks(tmp_path, case.notebook, instructor_notebook(form), student_notebook(form))


@pytest.mark.parametrize("case", NOTEBOOKS, ids=lambda case: case.name)
def test_a_notebook_earns_what_is_honest_in_it(arena, form, case: Case) -> None:
    """Its marks, its notes; nothing live is left in the copy, nothing anywhere else, and the next one is as ever."""
    before = arena.look()
    started = time.monotonic()
    result, copy, seen = graded_copy(arena, form, case.notebook, case.files)
    seconds = time.monotonic() - started
    assert sum((mark.given or Fraction(0) for mark in result.marks), Fraction(0)) == case.marks, result.marks
    assert not [outcome for outcome in result.outcomes if outcome.status.ours], result.outcomes
    assert THROUGH not in seen, seen
    assert seconds < case.seconds
    said = " ".join(note.message for note in result.notes if note.about in {"attempt", "repair"})
    assert [words for words in case.notes if words not in said] == [], result.notes
    assert live_parts(copy, names_on_the_page(form)) == []
    assert arena.look() == before
    following, _, _ = graded_copy(arena, form, honest(form), {})
    assert {mark.given for mark in following.marks if not mark.cell.endswith("judgement")} == {
        mark.maximum for mark in following.marks if not mark.cell.endswith("judgement")
    }
