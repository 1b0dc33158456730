"""Students: nbgrader's table of them is ours too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, literal_column, select, update

from gradesmith.gradebook import nbgrader_tables as theirs
from gradesmith.gradebook.tables import GradingRow
from gradesmith.model.people import StudentRecord


def register(connection: Connection, students: Sequence[StudentRecord]) -> tuple[str, ...]:
    """Add or update students and return the ids of the new ones; an empty field leaves what is known."""
    known = set(connection.scalars(select(theirs.student.c.id)))
    by_id = {student.id: student for student in students}
    fresh = [student for student in by_id.values() if student.id not in known]
    if fresh:
        connection.execute(insert(theirs.student), [_row(student) for student in fresh])
    for student in by_id.values():
        told = {name: value for name, value in _row(student).items() if value is not None and name != "id"}
        if student.id in known and told:
            connection.execute(update(theirs.student).where(theirs.student.c.id == student.id).values(**told))
    return tuple(student.id for student in fresh)


def _row(student: StudentRecord) -> dict[str, str | None]:
    return {name: value or None for name, value in student.model_dump().items()}


def students(connection: Connection) -> tuple[StudentRecord, ...]:
    """Return the registered students, sorted by id."""
    table = theirs.student
    columns = (table.c.id, table.c.first_name, table.c.last_name, table.c.email)
    rows = connection.execute(select(*columns).order_by(table.c.id)).mappings()
    return tuple(StudentRecord(**{name: value or "" for name, value in row.items()}) for row in rows)


def enrolled(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the students in the order in which they were registered."""
    return tuple(connection.scalars(select(theirs.student.c.id).order_by(literal_column("student.rowid"))))


def missing(connection: Connection, assessment: str) -> tuple[str, ...]:
    """Return the registered students of whom neither nbgrader nor our history has a submission, sorted."""
    ours = select(GradingRow.student).where(GradingRow.assessment == assessment)
    student = theirs.student.c.id
    absent = select(student).where(student.not_in(ours), student.not_in(theirs.who_handed_in(assessment)))
    return tuple(connection.scalars(absent.order_by(student)))
