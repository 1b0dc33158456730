"""Opening, creating and refusing gradebooks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from nbgrader import api

from gradesmith.errors import GradesmithError
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.people import StudentRecord


@pytest.fixture(scope="module")
def made_by_nbgrader(tmp_path_factory):
    """A database with a student that nbgrader created; for that it needs ``alembic`` on the PATH."""
    path = tmp_path_factory.mktemp("nbgrader") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
        with api.Gradebook(f"sqlite:///{path}", "ml") as gradebook:
            gradebook.add_student("ada", first_name="Ada")
    return path


def tables_of(path):
    with sqlite3.connect(path) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))


def test_a_new_gradebook_has_the_tables_that_nbgrader_creates(empty, path, made_by_nbgrader):
    ours = {name: sql for name, sql in tables_of(path).items() if not name.startswith(("gs_", "sqlite_"))}
    assert ours == tables_of(made_by_nbgrader)
    with sqlite3.connect(path) as mine, sqlite3.connect(made_by_nbgrader) as theirs:
        for query in ("SELECT * FROM alembic_version", "SELECT * FROM course"):
            assert mine.execute(query).fetchall() == theirs.execute(query).fetchall()


def test_a_new_gradebook_is_private(empty, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_opening_again_changes_nothing(empty, path):
    before = path.read_bytes()
    with Gradebook.open(path, course="ml"):
        pass
    assert path.read_bytes() == before


def test_an_nbgrader_database_becomes_a_gradebook(tmp_path, made_by_nbgrader):
    path = Path(shutil.copy(made_by_nbgrader, tmp_path))
    with Gradebook.open(path, course="another") as book:
        assert book.students() == (StudentRecord(id="ada", first_name="Ada"),)


def test_a_creation_that_was_cut_short_is_taken_up_again(path):
    path.parent.mkdir()
    path.touch()
    with Gradebook.open(path, course="ml") as book:
        assert book.released() == ()


def test_other_files_are_refused(tmp_path):
    text = tmp_path / "notes.db"
    text.write_text("this is not a database, though it is long enough to be mistaken for one" * 20)
    with pytest.raises(GradesmithError, match="no intact SQLite database"):
        Gradebook.open(text, course="ml")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipe (id)")
    with pytest.raises(GradesmithError, match="not a gradebook"):
        Gradebook.open(other, course="ml")
    with pytest.raises(GradesmithError, match="is not a file"):
        Gradebook.open(tmp_path, course="ml")
    with pytest.raises(GradesmithError, match="can't be created"):
        Gradebook.open(text / "gradebook.db", course="ml")


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE alembic_version SET version_num = '50a4d84c131a'", "nbgrader db upgrade --db sqlite:///"),
        ("PRAGMA user_version = 99", "newer gradesmith"),
    ],
)
def test_other_versions_are_refused_with_the_command_to_type(empty, path, statement, complaint):
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    with pytest.raises(GradesmithError, match=complaint):
        Gradebook.open(path, course="ml")


def test_a_locked_gradebook_is_refused_after_a_while(empty, path):
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradesmithError, match="another program is writing"):
        Gradebook.open(path, course="ml", patience_seconds=0.05)
    holder.close()


def test_registering_adds_updates_and_forgets_nothing(empty):
    assert empty.register([StudentRecord(id="bob", email="bob@example.org"), StudentRecord(id="ada")]) == ("bob", "ada")
    assert empty.register([StudentRecord(id="bob", first_name="Bob"), StudentRecord(id="cyd")]) == ("cyd",)
    assert empty.students() == (
        StudentRecord(id="ada"),
        StudentRecord(id="bob", first_name="Bob", email="bob@example.org"),
        StudentRecord(id="cyd"),
    )
    assert empty.register([]) == ()
