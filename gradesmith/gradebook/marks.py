"""Marks in nbgrader's tables, as its own ``autograde`` would have left them, and what people entered there.

What a person entered (a manual score, extra credit, a comment) is never touched. ``needs_manual_grade`` is set where
nobody has marked yet, and where a person had marked something that is no longer the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, or_, select, update

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook import nbgrader_tables as theirs
from gradesmith.gradebook.database import insert_row
from gradesmith.gradebook.nbgrader_tables import answer_cell_of, grade_cell_of
from gradesmith.gradebook.tables import in_utc, storable
from gradesmith.model.outcomes import Mark
from gradesmith.model.submissions import GradedSubmission, Readability, State

NO_RESPONSE = "No response."
Row = dict[str, Any]

# Put together once: that takes longer than to run one of them.
STUDENT = select(theirs.student.c.id).where(theirs.student.c.id == bindparam("student"))
MASTER = (
    select(theirs.notebook.c.id, theirs.notebook.c.assignment_id)
    .join(theirs.assignment)
    .where(theirs.assignment.c.name == bindparam("name"), theirs.notebook.c.name == bindparam("name"))
)
SUBMISSION = select(theirs.submitted_assignment).where(
    theirs.submitted_assignment.c.assignment_id == bindparam("assignment"),
    theirs.submitted_assignment.c.student_id == bindparam("student"),
)
SUBMITTED = select(theirs.submitted_notebook).where(
    theirs.submitted_notebook.c.assignment_id == bindparam("submission"),
    theirs.submitted_notebook.c.notebook_id == bindparam("notebook"),
)
CELLS = select(theirs.base_cell.c.id, theirs.base_cell.c.name, theirs.base_cell.c.type).where(
    theirs.base_cell.c.notebook_id == bindparam("notebook")
)
GRADES = select(theirs.grade).where(theirs.grade.c.notebook_id == bindparam("notebook"))
COMMENTS = select(theirs.comment).where(theirs.comment.c.notebook_id == bindparam("notebook"))


def enter(connection: Connection, graded: GradedSubmission, earlier: GradedSubmission | None) -> None:
    """Create or update one submission with all its grades and comments.

    Raises:
        NotFound: When the student is not registered.
        Unreleased: When nbgrader knows no cells of the assessment.
        GradesmithError: When a mark has no cell to go to.
    """
    notebook, assignment = _master(connection, graded)
    submitted = _submitted_notebook(connection, graded, notebook, assignment)
    kinds: dict[str, dict[str, str]] = {"GradeCell": {}, "SolutionCell": {}, "TaskCell": {}}
    for cell, name, kind in connection.execute(CELLS, {"notebook": notebook}):
        kinds[kind][name] = cell
    _enter_grades(connection, submitted, _grades(graded, earlier, kinds["GradeCell"]))
    _enter_comments(connection, submitted, _comments(graded, kinds["SolutionCell"]))


def _master(connection: Connection, graded: GradedSubmission) -> tuple[str, str]:
    """Return nbgrader's notebook and assignment of an assessment."""
    if connection.scalar(STUDENT, {"student": graded.student}) is None:
        raise NotFound(f"{graded.student} is not registered", "register the student, then grade again")
    found = connection.execute(MASTER, {"name": graded.assessment}).first()
    if found is None:
        raise Unreleased(f"{graded.assessment}: not released yet", f"gradesmith release {graded.assessment}")
    return found.id, found.assignment_id


def _submitted_notebook(connection: Connection, graded: GradedSubmission, notebook: str, assignment: str) -> str:
    """Return the student's notebook, created where it is missing, with the time of hand-in as naive UTC.

    formgrader takes a submission for graded when this is what its ``timestamp.txt`` says: nothing where there is none.
    """
    stamp = in_utc(graded.submitted).replace(tzinfo=None) if graded.stamped else None
    found = connection.execute(SUBMISSION, {"assignment": assignment, "student": graded.student}).first()
    if found is None:
        handed_in = {"assignment_id": assignment, "student_id": graded.student, "timestamp": stamp}
        parent = str(insert_row(connection, theirs.submitted_assignment, handed_in))
    else:
        parent = found.id
        _change(connection, theirs.submitted_assignment, parent, {"timestamp": stamp}, found)
    penalty: Row = {"late_submission_penalty": _penalty(graded)}
    own = connection.execute(SUBMITTED, {"submission": parent, "notebook": notebook}).first()
    if own is None:
        row = {"assignment_id": parent, "notebook_id": notebook, **penalty}
        return str(insert_row(connection, theirs.submitted_notebook, row))
    _change(connection, theirs.submitted_notebook, own.id, penalty, own)
    return str(own.id)


def _change(connection: Connection, table: Table, of: str, wanted: dict[str, Any], found: Any) -> None:
    """Make a row say what is wanted, if it does not."""
    if any(getattr(found, name) != value for name, value in wanted.items()):
        connection.execute(update(table).where(table.c.id == of).values(**wanted))


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


def _enter_grades(connection: Connection, notebook: str, rows: Iterable[Row]) -> None:
    known = {row["cell_id"]: row for row in connection.execute(GRADES, {"notebook": notebook}).mappings()}
    wanted: list[Row] = []
    for row in rows:
        score, same = row["auto_score"], row["same_answer"]
        grade: Row = {"cell_id": row["cell_id"], "auto_score": score, "needs_manual_grade": score is None}
        old = known.get(row["cell_id"])
        if old is not None and old["manual_score"] is not None:
            grade["needs_manual_grade"] = old["needs_manual_grade"] or score != old["auto_score"] or not same
        wanted.append(grade)
    _write(connection, theirs.grade, notebook, wanted, known)


def _comments(graded: GradedSubmission, cells: Mapping[str, str]) -> list[Row]:
    words = {mark.cell: storable(mark.feedback) or None for mark in graded.marks}
    empty = {one.cell: NO_RESPONSE for one in graded.responses if one.readability is Readability.EMPTY}
    said = {**words, **empty}
    return [{"cell_id": cell, "auto_comment": said.get(name)} for name, cell in cells.items()]


def _enter_comments(connection: Connection, notebook: str, rows: list[Row]) -> None:
    known = {row["cell_id"]: row for row in connection.execute(COMMENTS, {"notebook": notebook}).mappings()}
    _write(connection, theirs.comment, notebook, rows, known)


def _write(
    connection: Connection, table: Table, notebook: str, wanted: Iterable[Row], known: Mapping[str, RowMapping]
) -> None:
    """Insert the rows of the cells that have none yet, and change those that say something else."""
    fresh, changed = [], []
    for row in wanted:
        old = known.get(row["cell_id"])
        if old is None:
            fresh.append({**row, "notebook_id": notebook})
        elif any(old[name] != value for name, value in row.items()):
            changed.append({**row, "of": old["id"]})
    if fresh:
        connection.execute(insert(table), fresh)
    if changed:
        connection.execute(update(table).where(table.c.id == bindparam("of")), changed)


def enter_by_hand(connection: Connection, graded: GradedSubmission, points: Mapping[str, Fraction]) -> None:
    """Enter points that a person gave, by answer cell, as formgrader would: they stand in place of automatic ones."""
    notebook = _submitted_notebook(connection, graded, *_master(connection, graded))
    table = theirs.grade
    named = select(theirs.base_cell.c.name, table.c.id).join(table, table.c.cell_id == theirs.base_cell.c.id)
    cells = dict(connection.execute(named.where(table.c.notebook_id == notebook)).all())
    for answer, given in points.items():
        row = {"manual_score": float(given), "needs_manual_grade": False}
        cell = cells[grade_cell_of(answer, cells) or answer]
        connection.execute(update(table).where(table.c.id == cell).values(**row))


def not_entered(connection: Connection, assessment: str) -> set[str]:
    """Return the registered students of whom nbgrader has no submission."""
    student = theirs.student.c.id
    return set(connection.scalars(select(student).where(student.not_in(theirs.who_handed_in(assessment)))))


def manual_marks(connection: Connection, assessment: str) -> dict[tuple[str, str], Fraction]:
    """Return what is due for each (student, answer cell) where a person entered a score or extra credit.

    As in nbgrader, a person's score stands in place of the automatic one, and extra credit comes on top of either.
    """
    grade, notebook, submission = theirs.grade.c, theirs.submitted_notebook, theirs.submitted_assignment
    extra = func.coalesce(grade.extra_credit, 0.0)
    score = func.coalesce(grade.manual_score, grade.auto_score, 0.0)
    query = (
        select(submission.c.student_id, theirs.base_cell.c.name, score, extra)
        .select_from(theirs.grade)
        .join(theirs.base_cell, theirs.base_cell.c.id == grade.cell_id)
        .join(notebook, notebook.c.id == grade.notebook_id)
        .join(submission, submission.c.id == notebook.c.assignment_id)
        .join(theirs.assignment, theirs.assignment.c.id == submission.c.assignment_id)
        .where(theirs.assignment.c.name == assessment)
        .where(or_(grade.manual_score.is_not(None), extra != 0.0))
    )
    answers = _solution_cells(connection, assessment)
    return {
        (student, answer_cell_of(name, answers)): Fraction(str(given)) + Fraction(str(more))
        for student, name, given, more in connection.execute(query)
    }


def _solution_cells(connection: Connection, assessment: str) -> frozenset[str]:
    query = (
        select(theirs.base_cell.c.name)
        .join(theirs.solution_cells, theirs.solution_cells.c.id == theirs.base_cell.c.id)
        .join(theirs.notebook, theirs.notebook.c.id == theirs.base_cell.c.notebook_id)
        .join(theirs.assignment, theirs.assignment.c.id == theirs.notebook.c.assignment_id)
        .where(theirs.assignment.c.name == assessment)
    )
    return frozenset(connection.scalars(query))
