"""Where student code can't be confined, nothing is run until somebody types that it shall be, and that is recorded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import simulate
from tests.grading.courses import new_course

SCRIPT = Path(__file__).with_name("old_kernel.py")


@pytest.fixture
def course(tmp_path):
    """A course in which one perfect answer waits."""
    made = new_course(tmp_path / "course", "wt5")
    simulate(made, "wt5", 1, recipes=("perfect",), seed=1)
    return made


def grade_on_an_old_kernel(course, *options):
    command = [sys.executable, str(SCRIPT), "--course", str(course.root), "grade", "wt5", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def results(course):
    with open_gradebook(course) as gradebook:
        return gradebook.results("wt5")


def test_without_landlock_nothing_is_graded_and_the_reason_is_told(course):
    done = grade_on_an_old_kernel(course)
    assert done.returncode != 0
    assert "Landlock" in done.stderr
    assert "Traceback" not in done.stderr
    assert results(course) == ()


def test_unconfined_must_be_typed_and_stands_in_the_gradebook(course):
    done = grade_on_an_old_kernel(course, "--unconfined")
    assert done.returncode == 0, done.stderr
    (result,) = results(course)
    assert result.score.given == result.score.maximum
    assert result.confinement.startswith("none")
