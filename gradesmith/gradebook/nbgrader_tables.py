"""The door to nbgrader's database: its tables as it would create them, and the names its cells go by.

Rows are written and read by column, never as nbgrader's mapped objects: loading one computes sums over the whole
course, and relating one to another warns under SQLAlchemy 2.1.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from alembic.script import ScriptDirectory
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Course,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.api import Base as NbgraderBase
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Connection, text

__all__ = [
    "Assignment",
    "BaseCell",
    "Comment",
    "Course",
    "Grade",
    "GradeCell",
    "Model",
    "NbgraderBase",
    "Notebook",
    "SolutionCell",
    "SourceCell",
    "Student",
    "SubmittedAssignment",
    "SubmittedNotebook",
    "TaskCell",
]

Model = Any
"""One of the classes above: nbgrader is not annotated."""

CHECK_SUFFIX = "-check"


def grade_cell_of(answer: str, grade_cells: Collection[str]) -> str | None:
    """Return the cell that carries the marks of an answer cell: ``q03-check`` for ``q03``, or the cell itself."""
    return next((name for name in (answer + CHECK_SUFFIX, answer) if name in grade_cells), None)


def answer_cell_of(grade_cell: str, solution_cells: Collection[str]) -> str:
    """Return the answer cell that a grade cell marks: the reverse of `grade_cell_of`."""
    answer = grade_cell.removesuffix(CHECK_SUFFIX)
    return answer if answer in solution_cells else grade_cell


def current_revision() -> str:
    """Return the revision of the database that the installed nbgrader expects.

    nbgrader asks the ``alembic`` program for it, which must then be on the PATH; we read the same scripts.
    """
    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


def table_names() -> frozenset[str]:
    """Return the names of all tables of an nbgrader database."""
    return frozenset(NbgraderBase.metadata.tables) | {"alembic_version"}


def create_tables(connection: Connection) -> None:
    """Create nbgrader's tables, stamped with the revision it expects."""
    NbgraderBase.metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    stamp = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")
    connection.execute(stamp, {"revision": current_revision()})


def revision_of(connection: Connection) -> str:
    """Return the revision a database is stamped with, or nothing."""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")
