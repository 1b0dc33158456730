"""Marks in nbgrader's tables, as its own ``autograde`` would have left them, and what people entered there.

What a person entered (a manual score, extra credit, a comment) is never touched. ``needs_manual_grade`` is set where
nobody has marked yet, and where a person had marked something that is no longer the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.nbgrader_tables import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Model,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    answer_cell_of,
    grade_cell_of,
)
from gradesmith.gradebook.tables import in_utc, storable
from gradesmith.model.outcomes import Mark
from gradesmith.model.submissions import GradedSubmission, Readability, State

NO_RESPONSE = "No response."
Row = dict[str, Any]


def enter(session: Session, graded: GradedSubmission, earlier: GradedSubmission | None) -> None:
    """Create or update one submission with all its grades and comments.

    Raises:
        NotFound: When the student is not registered.
        Unreleased: When nbgrader knows no cells of the assessment.
        GradesmithError: When a mark has no cell to go to.
    """
    notebook = _master_notebook(session, graded)
    submitted = _submitted_notebook(session, graded, notebook)
    session.execute(update(SubmittedNotebook), [{"id": submitted, "late_submission_penalty": _penalty(graded)}])
    cells = session.execute(select(BaseCell.id, BaseCell.name, BaseCell.type).where(BaseCell.notebook_id == notebook))
    kinds: dict[str, dict[str, str]] = {"GradeCell": {}, "SolutionCell": {}, "TaskCell": {}}
    for cell, name, kind in cells:
        kinds[kind][name] = cell
    _enter_grades(session, submitted, _grades(graded, earlier, kinds["GradeCell"]))
    _enter_comments(session, submitted, _comments(graded, kinds["SolutionCell"]))


def _master_notebook(session: Session, graded: GradedSubmission) -> str:
    if session.scalar(select(Student.id).where(Student.id == graded.student)) is None:
        raise NotFound(f"{graded.student} is not registered", "register the student, then grade again")
    query = (
        select(Notebook.id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == graded.assessment, Notebook.name == graded.assessment)
    )
    if (found := session.scalar(query)) is None:
        raise Unreleased(f"{graded.assessment}: not released yet", f"gradesmith release {graded.assessment}")
    return str(found)


def _submitted_notebook(session: Session, graded: GradedSubmission, notebook: str) -> str:
    """Return the student's notebook, created where it is missing, with the time of hand-in as naive UTC.

    formgrader takes a submission for graded when this is what its ``timestamp.txt`` says: nothing where there is none.
    """
    assignment = select(Notebook.assignment_id).where(Notebook.id == notebook).scalar_subquery()
    submission = {"assignment_id": session.scalar(select(assignment)), "student_id": graded.student}
    handed_in = {"timestamp": in_utc(graded.submitted).replace(tzinfo=None) if graded.stamped else None}
    parent = _found_or_made(session, SubmittedAssignment, submission)
    session.execute(update(SubmittedAssignment), [{"id": parent, **handed_in}])
    return _found_or_made(session, SubmittedNotebook, {"assignment_id": parent, "notebook_id": notebook})


def _found_or_made(session: Session, model: Model, row: Row) -> str:
    query = select(model.id).filter_by(**row)
    if (found := session.scalar(query)) is None:
        session.execute(insert(model), [row])
        found = session.scalars(query).one()
    return str(found)


def _penalty(graded: GradedSubmission) -> float | None:
    """Return what lateness took away from the sum of the marks, as nbgrader wants to know it."""
    earned = sum((mark.given or Fraction(0) for mark in graded.marks), Fraction(0))
    lost = earned - graded.score.given
    return float(lost) if lost > 0 and graded.state is State.GRADED else None


def _grades(graded: GradedSubmission, earlier: GradedSubmission | None, cells: Mapping[str, str]) -> list[Row]:
    """Return what each grade cell is to say; a cell without a mark waits for a person."""
    unchanged = _answers(graded).items() & _answers(earlier).items() if earlier else set()
    same = {cell for cell, _ in unchanged}
    rows: dict[str, Row] = {
        name: {"cell_id": cell, "auto_score": None, "same_answer": False} for name, cell in cells.items()
    }
    for mark in graded.marks:
        row = rows[_grade_cell(graded, mark, cells)]
        row["same_answer"] = mark.cell in same
        if graded.state is State.GRADED and mark.given is not None:
            row["auto_score"] = float(mark.given)
    return list(rows.values())


def _grade_cell(graded: GradedSubmission, mark: Mark, cells: Mapping[str, str]) -> str:
    found = grade_cell_of(mark.cell, cells)
    if found is None:
        raise GradesmithError(
            f"{graded.assessment}, {graded.student}: the notebook has no cell for the marks of {mark.cell}",
            f"gradesmith release {graded.assessment}",
        )
    return found


def _answers(graded: GradedSubmission) -> dict[str, str]:
    """Return what was answered per cell; where that is unknown, any other file counts as another answer."""
    typed = {response.cell: response.text for response in graded.responses}
    return {mark.cell: typed.get(mark.cell, graded.submission_digest) for mark in graded.marks}


def _enter_grades(session: Session, notebook: str, rows: Iterable[Row]) -> None:
    known = _known(session, Grade, notebook, "auto_score", "manual_score", "needs_manual_grade")
    fresh, changed = [], []
    for row in rows:
        score, same = row["auto_score"], row["same_answer"]
        grade: Row = {"auto_score": score, "needs_manual_grade": score is None}
        old = known.get(row["cell_id"])
        if old is None:
            fresh.append({**grade, "cell_id": row["cell_id"], "notebook_id": notebook})
            continue
        if old["manual_score"] is not None:
            grade["needs_manual_grade"] = old["needs_manual_grade"] or score != old["auto_score"] or not same
        changed.append({**grade, "id": old["id"]})
    _write(session, Grade, fresh, changed)


def _comments(graded: GradedSubmission, cells: Mapping[str, str]) -> list[Row]:
    words = {mark.cell: storable(mark.feedback) or None for mark in graded.marks}
    empty = {one.cell: NO_RESPONSE for one in graded.responses if one.readability is Readability.EMPTY}
    said = {**words, **empty}
    return [{"cell_id": cell, "auto_comment": said.get(name)} for name, cell in cells.items()]


def _enter_comments(session: Session, notebook: str, rows: Iterable[Row]) -> None:
    known = _known(session, Comment, notebook)
    fresh, changed = [], []
    for row in rows:
        if (old := known.get(row["cell_id"])) is None:
            fresh.append({**row, "notebook_id": notebook})
        else:
            changed.append({"id": old["id"], "auto_comment": row["auto_comment"]})
    _write(session, Comment, fresh, changed)


def _known(session: Session, model: Model, notebook: str, *columns: str) -> dict[str, Row]:
    wanted = (getattr(model, name) for name in ("id", "cell_id", *columns))
    rows = session.execute(select(*wanted).where(model.notebook_id == notebook)).mappings()
    return {row["cell_id"]: dict(row) for row in rows}


def _write(session: Session, model: Model, fresh: list[Row], changed: list[Row]) -> None:
    if fresh:
        session.connection().execute(insert(model), fresh)
    if changed:
        session.execute(update(model), changed)


def enter_by_hand(session: Session, graded: GradedSubmission, points: Mapping[str, Fraction]) -> None:
    """Enter points that a person gave, by answer cell, as formgrader would: they stand in place of automatic ones."""
    notebook = _submitted_notebook(session, graded, _master_notebook(session, graded))
    cells = _grade_cells(session, notebook)
    for answer, given in points.items():
        row = {"manual_score": float(given), "needs_manual_grade": False}
        session.execute(update(Grade).where(Grade.id == cells[grade_cell_of(answer, cells) or answer]).values(**row))


def _grade_cells(session: Session, notebook: str) -> dict[str, str]:
    query = select(BaseCell.name, Grade.id).join(BaseCell, BaseCell.id == Grade.cell_id)
    return dict(session.execute(query.where(Grade.notebook_id == notebook)).all())


def not_entered(session: Session, assessment: str) -> set[str]:
    """Return the registered students of whom nbgrader has no submission."""
    query = (
        select(SubmittedAssignment.student_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assessment)
    )
    return set(session.scalars(select(Student.id).where(Student.id.not_in(query))))


def manual_marks(session: Session, assessment: str) -> dict[tuple[str, str], Fraction]:
    """Return what is due for each (student, answer cell) where a person entered a score or extra credit.

    As in nbgrader, a person's score stands in place of the automatic one, and extra credit comes on top of either.
    """
    query = (
        select(
            SubmittedAssignment.student_id,
            BaseCell.name,
            func.coalesce(Grade.manual_score, Grade.auto_score, 0.0),
            func.coalesce(Grade.extra_credit, 0.0),
        )
        .select_from(Grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assessment)
        .where(or_(Grade.manual_score.is_not(None), func.coalesce(Grade.extra_credit, 0.0) != 0.0))
    )
    answers = _solution_cells(session, assessment)
    return {
        (student, answer_cell_of(name, answers)): Fraction(str(score)) + Fraction(str(extra))
        for student, name, score, extra in session.execute(query)
    }


def _solution_cells(session: Session, assessment: str) -> frozenset[str]:
    query = (
        select(SolutionCell.name)
        .join(Notebook, Notebook.id == SolutionCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == assessment)
    )
    return frozenset(session.scalars(query))
