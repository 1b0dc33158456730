"""One engine for the whole corpus, as in earnest: whatever an attack leaves, the next submission meets."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from gradesmith.model.assessments import Form
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.workflows.library import check_library
from tests.hostile.arena import LIMITS, Arena, library


@pytest.fixture(scope="session")
def arena(quiz: Form) -> Iterator[Arena]:
    """An engine with the corpus' check files and the quiz's; as root each test process has a user of its own."""
    checks, slot = library() | check_library((quiz,)), 100 + os.getpid() % 1000
    with Engine(checks, slot=slot, premises=Premises(disk_mb=LIMITS.disk_mb)) as engine:
        yield Arena(engine)
