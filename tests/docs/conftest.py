"""The flag that writes fresh output into the documentation, and the course in which its commands run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page
from tests.docs.walking import Walk

# Short, so that an endless loop ends soon; they change no mark.
LIMITS = "\nlimits: {cell_seconds: 2, check_seconds: 2, submission_seconds: 60}\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-docs", action="store_true", help="write fresh output into README.md and docs/")


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    """Whether what is stale is to be written instead of being complained about."""
    return bool(pytestconfig.getoption("--update-docs", default=False))


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the shipped bank and nothing else."""
    course = tmp_path_factory.mktemp("docs") / "course"
    shutil.copytree(ROOT / "question_bank", course / "question_bank")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for path in (course / "question_bank" / "assessments").glob("*.yaml"):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("limits:")]
        path.write_text("\n".join(lines) + LIMITS)
    return course


@pytest.fixture(scope="session")
def readme(fresh: Path) -> Walk:
    """The README's commands, run in a fresh course: weekly test 5 is graded in it afterwards."""
    walk = Walk(fresh)
    walk.through(page(ROOT / "README.md"))
    return walk


@pytest.fixture(scope="session")
def walked(readme: Walk, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Walk]:
    """Run the commands of any other page in a course of its own, where weekly test 5 is graded already."""

    def walk_through(path: Path) -> Walk:
        course = tmp_path_factory.mktemp("page") / "course"
        shutil.copytree(readme.course, course)
        walk = Walk(course)
        walk.through(page(path))
        return walk

    return walk_through
