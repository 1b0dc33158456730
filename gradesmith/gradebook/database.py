"""One SQLite file: opened, judged, completed, and changed in transactions that happen whole or not at all.

The file keeps SQLite's own rollback journal. A write-ahead log would let readers in during a commit, but nbgrader
backs its database up by copying that one file, courses live on network homes, and our transactions are short. No
connection outlives its transaction: nobody is kept waiting, and a forked process inherits no open file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Table, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from gradesmith.errors import GradesmithError
from gradesmith.gradebook import nbgrader_tables, tables

_WRITES = "gradesmith_writes"
_COURSES = nbgrader_tables.course.c


class Database:
    """The file, and the two ways to use it."""

    def __init__(self, path: Path, patience_seconds: float) -> None:
        self.path = path
        self._engine = _engine(path, patience_seconds)
        self._writer = self._engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one consistent state of the gradebook.

        Raises:
            GradesmithError: When the file is locked for longer than our patience, damaged or out of reach.
        """
        with self._explained("the gradebook can't be read"), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, what: str) -> Iterator[Connection]:
        """Change the gradebook in one transaction; ``what`` is not written at all when anything fails.

        Raises:
            GradesmithError: Naming ``what``, when the disk is full or the file locked, damaged or out of reach.
        """
        with self._explained(f"{what} not recorded"), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _explained(self, failure: str) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if not isinstance(error.orig, sqlite3.DatabaseError):
                raise
            reason, remedy = _reason(error.orig)
            if not reason:
                raise
            raise GradesmithError(f"{self.path}: {failure}: {reason}", remedy) from error


def insert_row(connection: Connection, table: Table | type[tables.Base], row: Mapping[str, Any]) -> Any:
    """Insert one row and return its primary key, which is a single column."""
    key = connection.execute(insert(table), row).inserted_primary_key
    return key[0] if key else None


def _engine(path: Path, patience_seconds: float) -> Engine:
    # As a URI that says rw: a file that has vanished is an error, and no empty one is put in its place.
    url = URL.create("sqlite", database=path.as_uri(), query={"mode": "rw", "uri": "true"})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": patience_seconds})

    @event.listens_for(engine, "connect")
    def _take_over_transactions(connection: sqlite3.Connection, _record: object) -> None:
        # Python's driver begins transactions late and not around CREATE TABLE: we begin them ourselves, below.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock before it reads, so that nothing changes under it and waiting is possible.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _reason(error: sqlite3.DatabaseError) -> tuple[str, str]:
    """Say what SQLite's complaint means and what to do; nothing for the complaints that are our own mistakes."""
    family = getattr(error, "sqlite_errorname", "").partition("_")[2].partition("_")[0]
    match family:
        case "BUSY" | "LOCKED":
            return "another program is writing to it", "wait for it to finish (formgrader, nbgrader?) and try again"
        case "FULL":
            return "the disk is full", "free some space and run the same command again: what is recorded is kept"
        case "IOERR":
            return f"the disk did not obey ({error})", "look after the disk and run the same command again"
        case "READONLY" | "CANTOPEN" | "PERM" | "AUTH":
            return f"it can't be written or opened here ({error})", "check who owns the file and its folder"
        case "NOTADB" | "CORRUPT":
            return f"it is no intact SQLite database ({error})", "restore it from a copy, or choose another path"
        case _:
            return "", ""


def open_database(path: Path, course: str, patience_seconds: float) -> Database:
    """Open the gradebook in this file, after creating what is missing of it.

    Raises:
        GradesmithError: When the file is something else, of another version, locked, or can't be written.
    """
    path = path.absolute()
    _make_room(path)
    database = Database(path, patience_seconds)
    try:
        with database.reading() as connection:
            complete = _is_complete(connection, path, course)
        if not complete:
            with database.writing("a new gradebook was") as connection:
                _complete(connection, path, course)
    except BaseException:
        database.close()
        raise
    return database


def _make_room(path: Path) -> None:
    """See to it that the file exists and can be written; forms carry keys, so a new one is private."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise GradesmithError(f"{path}: can't be created: {error.strerror}", "check who owns the folder") from error
    if not path.is_file():
        raise GradesmithError(f"{path}: is not a file", "name the gradebook's file, such as gradebook/gradebook.db")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise GradesmithError(f"{path}: the file or its folder can't be written", "check who owns them")


def _is_complete(connection: Connection, path: Path, course: str) -> bool:
    """Judge what the file holds; false when it is empty or lacks our tables or the course.

    Raises:
        GradesmithError: When it holds something else, or a gradebook of another version.
    """
    present = set(inspect(connection).get_table_names())
    if not present:
        return False
    if not nbgrader_tables.table_names() <= present:
        raise GradesmithError(f"{path}: is a database, but not a gradebook", "choose another path")
    if nbgrader_tables.revision_of(connection) != nbgrader_tables.REVISION:
        raise GradesmithError(
            f"{path}: was made by another version of nbgrader", f"nbgrader db upgrade --db sqlite:///{path}"
        )
    if (connection.scalar(text("PRAGMA user_version")) or 0) > tables.SCHEMA_VERSION:
        raise GradesmithError(f"{path}: was made by a newer gradesmith", "pip install --upgrade gradesmith")
    ours = set(tables.Base.metadata.tables)
    return ours <= present and connection.scalar(select(_COURSES.id).where(_COURSES.id == course)) is not None


def _complete(connection: Connection, path: Path, course: str) -> None:
    """Create what is missing; another program may have done so since we looked."""
    if _is_complete(connection, path, course):
        return
    if not inspect(connection).get_table_names():
        nbgrader_tables.create_tables(connection)
    tables.Base.metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA_VERSION}")
    if connection.scalar(select(_COURSES.id).where(_COURSES.id == course)) is None:
        connection.execute(insert(nbgrader_tables.course), [{"id": course}])
