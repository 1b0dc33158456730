"""Freezing forms and the cells that nbgrader knows of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from nbgrader import api

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.records import SourceCellRecord

RELEASED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_a_frozen_form_comes_back_as_it_was(book, form):
    assert book.released() == ("practical-1",)
    assert book.forms("practical-1") == (form,)
    assert book.form_for("practical-1", "whoever") == form
    assert book.form_for("practical-1", "whoever").digest == form.digest


def test_what_was_never_released_has_no_form(book):
    with pytest.raises(Unreleased, match="gradesmith release practical-2"):
        book.form_for("practical-2", "ada")
    assert book.forms("practical-2") == ()


def test_nbgrader_finds_the_cells_as_it_would_have_saved_them(book, path):
    with api.Gradebook(f"sqlite:///{path}", "ml") as theirs:
        notebook = theirs.find_notebook("practical-1", "practical-1")
        assert '"name": "python3"' in notebook.kernelspec
        assert [(cell.name, cell.max_score, cell.cell_type) for cell in notebook.grade_cells] == [
            ("q01-check", 2.0, "code"),
            ("q02-check", 1.0, "code"),
            ("q02-judgement", 3.0, "markdown"),
        ]
        assert [cell.name for cell in notebook.solution_cells] == ["q01", "q02", "q02-judgement"]
        assert [(cell.name, cell.locked, cell.source, cell.checksum) for cell in notebook.source_cells][:3] == [
            ("setup", True, "# setup", "sum of setup"),
            ("q01", False, "# q01", "sum of q01"),
            ("q01-check", True, "# q01-check", "sum of q01-check"),
        ]
        assert theirs.find_assignment("practical-1").max_score == 6.0
        assert theirs.find_assignment("practical-1").course_id == "ml"


def test_freezing_the_same_again_changes_nothing(book, path, form, cells):
    before = path.read_bytes()
    book.freeze(form, cells, RELEASED + timedelta(days=1))
    assert path.read_bytes()[100:] == before[100:]  # SQLite counts transactions in its header


def test_another_form_replaces_one_that_nobody_was_marked_by(book, path, form, cells):
    newer = form.but(title="Practical 1, mended", code="B")
    book.freeze(newer, cells[:3], RELEASED)
    assert book.forms("practical-1") == (newer,)
    with api.Gradebook(f"sqlite:///{path}", "ml") as theirs:
        notebook = theirs.find_notebook("practical-1", "practical-1")
        assert [cell.name for cell in notebook.grade_cells] == ["q01-check"]
        assert [cell.name for cell in notebook.source_cells] == ["setup", "q01", "q01-check"]


def test_another_form_is_refused_under_marked_work(book, run, graded, form, cells):
    book.record(run, graded())
    with pytest.raises(GradesmithError, match=r"1 submissions are marked with \(ada\)\n.*an id of its own"):
        book.freeze(form.but(title="New"), cells, RELEASED)
    assert book.forms("practical-1") == (form,)


def test_a_correction_goes_under_marked_work_but_not_with_other_cells(book, graded, form, cells, path):
    book.record(book.start_run(version="0.1.0", confinement="landlock"), graded())
    mended = form.but(title="Mended")
    with pytest.raises(GradesmithError, match=r"can't come or go once work is handed in: q02, q02-check, q02-judg"):
        book.freeze(mended, cells[:3], RELEASED, correcting=True)
    assert book.forms("practical-1") == (form,)
    better = (*cells[:2], cells[2].but(source="# better"), *cells[3:])
    book.freeze(mended, better, RELEASED, correcting=True)
    assert book.forms("practical-1") == (mended,)
    assert book.form(book.results("practical-1")[0].form) == form
    with pytest.raises(NotFound, match="digest 123"):
        book.form("123")
    with api.Gradebook(f"sqlite:///{path}", "ml") as theirs:
        assert theirs.find_source_cell("q01-check", "practical-1", "practical-1").source == "# better"
        assert theirs.find_submission("practical-1", "ada").score == pytest.approx(5 / 3)


def test_each_student_may_have_a_form(book, run, graded, form, cells):
    forms = {name: form.but(code=name) for name in ("ada", "bob")}
    book.freeze_each(forms, cells, RELEASED)
    assert book.form_for("practical-1", "bob").code == "bob"
    with pytest.raises(Unreleased, match="eve has no form"):
        book.form_for("practical-1", "eve")
    book.record(run, graded("ada"))
    book.freeze_each({"eve": form.but(code="eve")}, cells, RELEASED)
    assert [each.code for each in book.forms("practical-1")] == ["ada", "bob", "eve"]
    with pytest.raises(GradesmithError, match=r"\(ada\)"):
        book.freeze(form, cells, RELEASED)


def test_forms_of_several_assessments_are_not_frozen_together(book, form, cells):
    with pytest.raises(GradesmithError, match="forms of one assessment"):
        book.freeze_each({"ada": form, "bob": form.but(assessment="other")}, cells, RELEASED)
    with pytest.raises(GradesmithError, match="not of 0"):
        book.freeze_each({}, cells, RELEASED)


def test_a_cell_that_is_marked_needs_points():
    with pytest.raises(ValueError, match="q01 is marked, so it needs points"):
        SourceCellRecord(grade_id="q01", cell_type="code", source="", checksum="", grade=True)
