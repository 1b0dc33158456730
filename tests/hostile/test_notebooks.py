"""Every notebook of the corpus, through the real workflow: read, planned, run, marked, and opened by whoever marks."""

from __future__ import annotations

import pytest

from gradesmith.model.assessments import Form
from gradesmith.model.submissions import State
from gradesmith.notebooks.writing import answered_notebook, instructor_notebook, solutions, student_notebook
from tests.hostile.arena import LIMITS
from tests.hostile.cases import CASES, Case
from tests.hostile.judging import graded_copy, names_on_the_page, wrong_with_notebook
from tests.hostile.naive import notebook_full_marks
from tests.hostile.rendering import live_parts

NOTEBOOKS = [case for case in CASES if case.is_notebook]


@pytest.fixture(scope="session")
def form(quiz: Form) -> Form:
    return quiz.but(limits=LIMITS)


def honest(form: Form) -> bytes:
    return answered_notebook(form, solutions(form)).encode()


def test_an_honest_notebook_is_whole(arena, form, tmp_path) -> None:
    """All graders give it its marks; nothing on its page is live, and its formulas and tables are as they were."""
    sources = instructor_notebook(form), student_notebook(form)
    assert set(notebook_full_marks(tmp_path, honest(form), *sources)) == {True}
    result, copy, _ = graded_copy(arena, form, honest(form), {})
    assert result.state is State.GRADED
    assert {mark.cell: mark.given == mark.maximum for mark in result.marks if mark.given is not None} == {
        mark.cell: True for mark in result.marks if not mark.cell.endswith("judgement")
    }
    assert live_parts(copy, names_on_the_page(form)) == []


def test_an_empty_notebook_fools_nobody(form, tmp_path) -> None:
    """What earns nothing here earns less than everything with naive graders too, so the rest is attacks."""
    sources = instructor_notebook(form), student_notebook(form)
    assert set(notebook_full_marks(tmp_path, student_notebook(form).encode(), *sources)) == {False}


@pytest.mark.parametrize("case", [case for case in NOTEBOOKS if case.fools_naive], ids=lambda case: case.name)
def test_it_is_an_attack(form, tmp_path, case: Case) -> None:
    """A grader that takes the notebook's word gives full marks, of which not all are earned."""
    assert any(notebook_full_marks(tmp_path, case.notebook, instructor_notebook(form), student_notebook(form)))


@pytest.mark.parametrize("case", NOTEBOOKS, ids=lambda case: case.name)
def test_a_notebook_earns_what_is_honest_in_it(arena, form, case: Case) -> None:
    """Its marks, its notes; nothing live is left in the copy, nothing anywhere else, and the next one is as ever."""
    before = arena.look()
    assert wrong_with_notebook(arena, form, case) == []
    assert arena.look() == before
    following, _, _ = graded_copy(arena, form, honest(form), {})
    assert {mark.given for mark in following.marks if not mark.cell.endswith("judgement")} == {
        mark.maximum for mark in following.marks if not mark.cell.endswith("judgement")
    }
