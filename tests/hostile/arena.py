"""Where the corpus is run: one engine, one submission after the other, and a look around before and after each."""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gradesmith.model.assessments import Limits
from gradesmith.model.outcomes import Status
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun, Report
from gradesmith.sandbox.engine import Engine
from tests.hostile.cases import Case
from tests.hostile.honest import HONEST
from tests.hostile.surroundings import Surroundings, look

CHECKS = Path(__file__).parent / "checks"
LIMITS = Limits(cell_seconds=4, check_seconds=3, submission_seconds=25, memory_mb=512, disk_mb=8, output_kb=300)
SEED = 0x7E57_0F_5EED5  # as the course would draw it: not to be guessed

# What a submission may find around it, whoever was there before.
FRESH = """
import builtins, os, signal, sys, threading
import numpy as np
found = [
    sorted(os.listdir(".")) , threading.active_count(), os.environ.get("HOSTILE"), os.listdir(os.path.expanduser("~")),
    hasattr(builtins, "hostile"), hasattr(np, "hostile"), hasattr(sys, "hostile"), np.mean([1, 2, 6]),
    signal.getitimer(signal.ITIMER_REAL)[0], sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), os.umask(0o077),
    os.path.exists("../box-1"),
]
print(found)
"""


def library() -> dict[str, str]:
    return {f"{path.stem}.py": path.read_text(encoding="utf-8") for path in sorted(CHECKS.glob("*.py"))}


def names_of(checks: str) -> tuple[str, ...]:
    tree = ast.parse((CHECKS / f"{checks}.py").read_text(encoding="utf-8"))
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return tuple(name for name in functions if name.startswith("test_"))


@dataclass(frozen=True)
class Arena:
    """The engine that all attacks share."""

    engine: Engine

    @property
    def uid(self) -> int:
        """As whom student code runs."""
        identity = self.engine._station.identity
        return identity.uid if identity else os.getuid()

    def look(self) -> Surroundings:
        return look(self.uid, self.engine._partner("zygote")._process.pid, self.engine._station.folder)

    def run(self, case: Case) -> Report:
        """Run an attack: its cells, the checks, and the cells that come after the checks."""
        before, after = case.cells
        limits = LIMITS.but(**case.limits)
        return self.engine.run(Plan(questions=(_asked(case.checks, before), _cells(after)), files=(), limits=limits))

    def run_honest(self, checks: str) -> Report:
        """Run an honest answer, which first tells what it finds around it."""
        cells = [FRESH, HONEST[checks]]
        return self.engine.run(Plan(questions=(_asked(checks, cells),), files=(), limits=LIMITS))


def _asked(checks: str, cells: list[str]) -> QuestionRun:
    asked = ChecksToAsk(cell="q01", file=f"{checks}.py", names=names_of(checks), rng_seed=SEED)
    return _cells(cells, "q01").but(checks=(asked,))


def _cells(cells: list[str], slot: str = "q02") -> QuestionRun:
    numbered = (CellToRun(id=f"{slot}.{number}", source=source) for number, source in enumerate(cells))
    return QuestionRun(slot=slot, cells=tuple(numbered))


def earned(report: Report) -> Fraction:
    """The points of the corpus' checks: one each."""
    return Fraction(sum(run.status is Status.PASSED for run in report.checks))


def shown(report: Report) -> str:
    """All that the cells have shown, as one text; without tracebacks, which quote lines that did not run."""
    outputs = [output for run in report.cells for output in run.outputs]
    return "\n".join(str({name: part for name, part in one.items() if name != "traceback"}) for one in outputs)
