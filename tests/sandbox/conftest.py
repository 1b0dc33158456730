"""One real engine for all tests of grading, and short ways to say what it is to run."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradesmith.model.assessments import Limits
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import CellRun, CellToRun, ChecksToAsk, Plan, QuestionRun, Report
from gradesmith.sandbox.engine import Engine

HERE = Path(__file__).parent
QUICK = Limits(cell_seconds=15, check_seconds=5, submission_seconds=120, memory_mb=512, disk_mb=20, output_kb=400)


class Grader:
    """An engine that is asked question by question: cells as text, checks by name."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def question(self, slot: str, *cells: str, checks: tuple[str, ...] = (), read: tuple[str, ...] = ()) -> QuestionRun:
        asked = ChecksToAsk(cell=slot, file="checks.py", names=checks, rng_seed=7)
        return QuestionRun(
            slot=slot,
            cells=tuple(CellToRun(id=f"{slot}.{number}", source=cell) for number, cell in enumerate(cells)),
            checks=(asked,) if checks else (),
            read=read,
        )

    def run(
        self, *questions: QuestionRun, files: dict[str, bytes] | None = None, apart: bool = False, **limits: float
    ) -> Report:
        given = [DataFile(name=name, content=base64.b64encode(one).decode()) for name, one in (files or {}).items()]
        limited = QUICK.but(**limits)
        return self.engine.run(Plan(questions=questions, files=tuple(given), limits=limited, apart=apart))

    def cell(self, source: str, **limits: float) -> CellRun:
        """Run one cell by itself."""
        return self.run(self.question("q", source), **limits).cells[0]

    def statuses(self, source: str, *checks: str, **limits: float) -> dict[str, str]:
        """Run one cell and some checks on it."""
        return statuses(self.run(self.question("q", source, checks=checks), **limits))


def statuses(report: Report) -> dict[str, str]:
    return {f"{one.cell}.{one.name}" if one.cell != "q" else one.name: str(one.status) for one in report.checks}


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    library = {
        "checks.py": (HERE / "checks_library.py").read_text(encoding="utf-8"),
        "broken.py": "import no_such_module\n",
    }
    with Engine(library) as engine:
        yield Grader(engine)
