"""Runs a share of the corpus, one submission after the other, and prints for each case what did not hold, as JSON.

Usage: held.py FOLDER SHARE OF     (FOLDER is the caller's own; SHARE counts from 0)
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from gradesmith.model.assessments import Form
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.workflows.library import check_library
from tests.conftest import small_course
from tests.hostile.arena import LIMITS, Arena, library
from tests.hostile.cases import CASES, THROUGH, Case
from tests.hostile.judging import wrong_with_answer, wrong_with_notebook


def _wrong(arena: Arena, form: Form, case: Case) -> list[str]:
    return wrong_with_notebook(arena, form, case) if case.is_notebook else wrong_with_answer(arena, case)


def main() -> None:
    folder, share, of = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    form = small_course(folder / "course").form("quiz").but(limits=LIMITS)
    found = {}
    with Engine(library() | check_library((form,)), slot=share, premises=Premises(disk_mb=LIMITS.disk_mb)) as engine:
        arena = Arena(engine)
        for case in CASES[share::of]:
            wrong = _wrong(arena, form, case)
            # Limits are in seconds of the clock, of which a busy machine gives one process few: once more, but only
            # where nothing was reached.
            late = wrong and not any(THROUGH in one for one in wrong)
            found[case.name] = _wrong(arena, form, case) if late else wrong
    left = sorted(path.name for path in folder.iterdir() if path.name.startswith("gradesmith-"))
    json.dump({"uid": os.geteuid(), "wrong": found, "left": left}, sys.stdout)


if __name__ == "__main__":
    main()
