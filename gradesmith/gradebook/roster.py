"""Students: nbgrader's table of them is ours too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, literal_column, select, update
from sqlalchemy.orm import Session

from gradesmith.gradebook.nbgrader_tables import Assignment, Student, SubmittedAssignment
from gradesmith.gradebook.tables import GradingRow
from gradesmith.model.people import StudentRecord


def register(session: Session, students: Sequence[StudentRecord]) -> tuple[str, ...]:
    """Add or update students and return the ids of the new ones; an empty field leaves what is known."""
    known = set(session.scalars(select(Student.id)))
    by_id = {student.id: student for student in students}
    fresh = [student for student in by_id.values() if student.id not in known]
    if fresh:
        session.execute(insert(Student), [_row(student) for student in fresh])
    for student in by_id.values():
        told = {name: value for name, value in _row(student).items() if value is not None}
        if student.id in known and len(told) > 1:
            session.execute(update(Student), [told])
    return tuple(student.id for student in fresh)


def _row(student: StudentRecord) -> dict[str, str | None]:
    return {name: value or None for name, value in student.model_dump().items()}


def students(session: Session) -> tuple[StudentRecord, ...]:
    """Return the registered students, sorted by id."""
    columns = (Student.id, Student.first_name, Student.last_name, Student.email)
    rows = session.execute(select(*columns).order_by(Student.id)).mappings()
    return tuple(StudentRecord(**{name: value or "" for name, value in row.items()}) for row in rows)


def enrolled(session: Session) -> tuple[str, ...]:
    """Return the ids of the students in the order in which they were registered."""
    return tuple(session.scalars(select(Student.id).order_by(literal_column("student.rowid"))))


def missing(session: Session, assessment: str) -> tuple[str, ...]:
    """Return the registered students of whom neither nbgrader nor our history has a submission, sorted."""
    ours = select(GradingRow.student).where(GradingRow.assessment == assessment)
    theirs = (
        select(SubmittedAssignment.student_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assessment)
    )
    absent = select(Student.id).where(Student.id.not_in(ours), Student.id.not_in(theirs)).order_by(Student.id)
    return tuple(session.scalars(absent))
