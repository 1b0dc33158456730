"""Courses to grade in: copies of the shipped bank with short limits, so that loops end soon."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.people import StudentRecord
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHORT = "\nlimits: {cell_seconds: 2, check_seconds: 2, submission_seconds: 60}\n"


def new_course(root: Path, *assessments: str, students: Sequence[str] = ()) -> CourseDirectory:
    """Make a course from the shipped bank and release these assessments with short limits.

    With ``students`` each of them gets a form of their own.
    """
    shutil.copytree(ROOT / "question_bank", root / "question_bank")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for name in assessments:
        path = root / "question_bank" / "assessments" / f"{name}.yaml"
        lines = [line for line in path.read_text().splitlines() if not line.startswith("limits:")]
        text = "\n".join(lines) + SHORT
        path.write_text(text.replace("forms: 1", "forms: per_student") if students else text)
    course = CourseDirectory(root)
    with open_gradebook(course) as gradebook:
        gradebook.register(StudentRecord(id=one) for one in students)
    release(course, assessments, NOW)
    return course


def nbgrader(course: CourseDirectory, *arguments: str, cwd: Path | None = None, **environment: str) -> str:
    """Run one of nbgrader's own commands in a course, as an instructor would, and return what it said."""
    done = subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), *arguments],
        cwd=cwd or course.root,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(course.root),
            "LANG": "C.UTF-8",
            **environment,
        },
    )
    return done.stdout + done.stderr
