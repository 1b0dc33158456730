"""nbgrader's database: its tables as it would create them, and the names its cells go by.

The tables are those of the installed nbgrader to the letter (a test compares them); nbgrader itself is not loaded,
which would take longer than most commands that look into a gradebook. Its mapped objects would be of no use: loading
one computes sums over the whole course, and relating one to another warns under SQLAlchemy 2.1.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    ForeignKey,
    MetaData,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    insert,
    select,
    table,
    text,
)

REVISION = "e43177bfe90b"
"""The revision of nbgrader's database that these tables are."""

CHECK_SUFFIX = "-check"

_metadata = MetaData()


def _table(name: str, *rest: Column[Any] | UniqueConstraint) -> Table:
    """A table whose rows are named by random numbers, as most of nbgrader's."""
    return Table(name, _metadata, Column("id", String(32), primary_key=True, default=lambda: uuid4().hex), *rest)


def _part_of_cell(name: str, *rest: Column[Any]) -> Table:
    """A table with what cells of one kind have beside the columns of all cells."""
    return Table(name, _metadata, Column("id", String(32), ForeignKey("base_cell.id"), primary_key=True), *rest)


def _reference(name: str, to: str, length: int = 32, *, always: bool = False) -> Column[Any]:
    return Column(name, String(length), ForeignKey(f"{to}.id"), nullable=not always)


course = Table("course", _metadata, Column("id", String(128), primary_key=True, unique=True))
student = Table(
    "student",
    _metadata,
    Column("id", String(128), primary_key=True),
    Column("first_name", String(128)),
    Column("last_name", String(128)),
    Column("email", String(128)),
    Column("lms_user_id", String(128)),
)
assignment = _table(
    "assignment",
    Column("name", String(128), unique=True, nullable=False),
    Column("duedate", DateTime),
    _reference("course_id", "course", 128, always=True),
)
notebook = _table(
    "notebook",
    Column("name", String(128), nullable=False),
    _reference("assignment_id", "assignment"),
    Column("kernelspec", String(1024)),
    UniqueConstraint("name", "assignment_id"),
)
base_cell = _table(
    "base_cell",
    Column("name", String(128), nullable=False),
    _reference("notebook_id", "notebook", always=True),
    Column("type", String(50)),
    UniqueConstraint("name", "notebook_id", "type"),
)
grade_cells = _part_of_cell(
    "grade_cells",
    Column("max_score", Float, nullable=False),
    Column("cell_type", String(8), nullable=False),
)
solution_cells = _part_of_cell("solution_cells")
task_cells = _part_of_cell(
    "task_cells",
    Column("max_score", Float, nullable=False),
    Column("cell_type", String(8), nullable=False),
)
source_cell = _table(
    "source_cell",
    Column("name", String(128), nullable=False),
    Column("cell_type", String(8), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("source", Text),
    Column("checksum", String(128)),
    _reference("notebook_id", "notebook"),
    UniqueConstraint("name", "notebook_id"),
)
submitted_assignment = _table(
    "submitted_assignment",
    _reference("assignment_id", "assignment"),
    _reference("student_id", "student", 128),
    Column("timestamp", DateTime),
    Column("extension", DateTime),
    UniqueConstraint("assignment_id", "student_id"),
)
submitted_notebook = _table(
    "submitted_notebook",
    _reference("assignment_id", "submitted_assignment"),
    _reference("notebook_id", "notebook"),
    Column("flagged", Boolean, default=False),
    Column("late_submission_penalty", Float),
    UniqueConstraint("notebook_id", "assignment_id"),
)
comment = _table(
    "comment",
    _reference("notebook_id", "submitted_notebook"),
    _reference("cell_id", "base_cell"),
    Column("auto_comment", Text),
    Column("manual_comment", Text),
    UniqueConstraint("cell_id", "notebook_id"),
)
grade = _table(
    "grade",
    _reference("notebook_id", "submitted_notebook"),
    _reference("cell_id", "base_cell"),
    Column("auto_score", Float),
    Column("manual_score", Float),
    Column("extra_credit", Float),
    Column("needs_manual_grade", Boolean, nullable=False),
    UniqueConstraint("cell_id", "notebook_id"),
)
_stamp = table("alembic_version", column("version_num"))


def grade_cell_of(answer: str, grade_cells: Collection[str]) -> str | None:
    """Return the cell that carries the marks of an answer cell: ``q03-check`` for ``q03``, or the cell itself."""
    return next((name for name in (answer + CHECK_SUFFIX, answer) if name in grade_cells), None)


def answer_cell_of(grade_cell: str, solution_cells: Collection[str]) -> str:
    """Return the answer cell that a grade cell marks: the reverse of `grade_cell_of`."""
    answer = grade_cell.removesuffix(CHECK_SUFFIX)
    return answer if answer in solution_cells else grade_cell


def who_handed_in(name: str) -> Select[tuple[str]]:
    """Select the students of whom nbgrader has a submission to the assessment of this name."""
    query = select(submitted_assignment.c.student_id).join(assignment).where(assignment.c.name == name)
    return query.where(submitted_assignment.c.student_id.is_not(None))


def table_names() -> frozenset[str]:
    """Return the names of all tables of an nbgrader database."""
    return frozenset(_metadata.tables) | {"alembic_version"}


def create_tables(connection: Connection) -> None:
    """Create nbgrader's tables, stamped with the revision that they are of."""
    _metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(insert(_stamp), [{"version_num": REVISION}])


def revision_of(connection: Connection) -> str:
    """Return the revision a database is stamped with, or nothing."""
    return str(connection.scalar(select(_stamp.c.version_num)) or "")
