"""A process that is killed while it records leaves whole submissions or none."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys

from nbgrader import api

from gradesmith.gradebook.store import Gradebook

# Records two submissions, and is killed just before the third is committed, when parts of it are in the file already:
# a cache of a few pages makes SQLite write them out early.
VICTIM = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.submissions import GradedSubmission

submissions = [GradedSubmission.model_validate_json(line) for line in sys.stdin]
with Gradebook.open(Path(sys.argv[1]), course="ml") as book:
    run = book.start_run(version="0.1.0", confinement="none")
    for graded in submissions[:-1]:
        book.record(run, graded)
    engine = book._database._engine
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA cache_size = 2"))
    event.listen(engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    book.record(run, submissions[-1])
"""


def test_a_killed_process_leaves_whole_submissions_or_none(book, graded, path):
    whole = [graded("ada"), graded("bob"), graded("eve")]
    killed = subprocess.run(
        [sys.executable, "-c", VICTIM, str(path)],
        input="\n".join(one.model_dump_json() for one in whole),
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.with_name("gradebook.db-journal").stat().st_size > 0, "it was killed with changes in the file"
    with Gradebook.open(path, course="ml") as again:
        assert again.results("practical-1") == tuple(whole[:2])
        assert again.missing("practical-1") == ("eve",)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM grade").fetchone() == (6,)
    with api.Gradebook(f"sqlite:///{path}", "ml") as theirs:
        assert [one.student.id for one in theirs.assignment_submissions("practical-1")] == ["ada", "bob"]
