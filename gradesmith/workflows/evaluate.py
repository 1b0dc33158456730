"""Runs what a bank file may run: the ``compute:`` of numeric questions, confined like a student's code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from pydantic import JsonValue

from gradesmith.errors import CannotCompute
from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellRun, CellStatus, CellToRun, Plan, QuestionRun, Report
from gradesmith.sandbox.engine import Engine

CELL = """\
import json, math, traceback
import numpy as np
import scipy, scipy.optimize, scipy.spatial, scipy.special, scipy.stats
import sklearn, sklearn.metrics


def gradesmith_run(code, given, wanted):
    names = {{"np": np, "scipy": scipy, "math": math, "sklearn": sklearn, **given}}
    with np.errstate(all="ignore"):
        try:
            exec(compile(code, "compute", "exec"), names)
        except BaseException as problem:
            lines = [at.lineno for at in traceback.extract_tb(problem.__traceback__) if at.filename == "compute"]
            return [f", line {{lines[-1] if lines else 1}}: {{said(problem)}}"], []
        found = []
        for expression in wanted:
            try:
                found.append(eval(expression, names))
            except ArithmeticError:
                found.append(math.nan)
            except BaseException as problem:
                return [f": {{expression}}: {{said(problem)}}"], []
    return [], found


def said(problem):
    if isinstance(problem, KeyboardInterrupt):
        return "took longer than {seconds:g} seconds"
    return f"{{type(problem).__name__}}: {{problem}}"


gradesmith_trouble, gradesmith_found = gradesmith_run({code!r}, json.loads({given!r}), {wanted!r})
for gradesmith_number, gradesmith_value in enumerate(gradesmith_found):
    globals()[f"gradesmith_{{gradesmith_number}}"] = gradesmith_value
"""


class SandboxEvaluator:
    """Evaluates in an engine of its own, which it starts when it is first asked. A context manager; not thread-safe.

    A bank without numeric questions starts none. Each evaluation has a fresh process, so none depends on another, and
    may take ``seconds``.
    """

    def __init__(self, seconds: float = 10) -> None:
        self._engine: Engine | None = None
        self._seconds = seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def evaluate(self, code: str, given: Mapping[str, JsonValue], wanted: tuple[str, ...]) -> dict[str, JsonValue]:
        """Run the code on the given names, and return the value of each wanted expression, by its text.

        Raises:
            CannotCompute: When code or an expression raises, takes too long, or gives no plain value.
            SandboxRefused: When code can't be confined here.
        """
        if self._engine is None:
            self._engine = Engine({})
        names = [f"gradesmith_{number}" for number in range(len(wanted))]
        source = CELL.format(code=code, given=json.dumps(dict(given)), wanted=wanted, seconds=self._seconds)
        run = QuestionRun(
            slot="compute",
            cells=(CellToRun(id="compute", source=source),),
            read=("gradesmith_trouble", *names),
        )
        limits = Limits(cell_seconds=self._seconds, submission_seconds=3 * self._seconds)
        report = self._engine.run(Plan(questions=(run,), files=(), limits=limits))
        _must_have_ended(report)
        for name, expression in zip(names, wanted, strict=True):
            if name not in report.values:
                raise CannotCompute(f": {expression} is no number, text, list or dictionary", "turn it into one")
        return {expression: report.values[name] for name, expression in zip(names, wanted, strict=True)}


def _must_have_ended(report: Report) -> None:
    """Raise `CannotCompute` unless the code came to its end and every expression has a value."""
    cell = report.cells[0] if report.cells else CellRun(id="compute", status=CellStatus.NOT_RUN)
    if cell.status is CellStatus.TIMED_OUT:
        raise CannotCompute(" took too long and could not be interrupted", "compute something smaller")
    trouble = report.values.get("gradesmith_trouble")
    if isinstance(trouble, list) and trouble:
        raise CannotCompute(str(trouble[0]), "mend the code, or the parameters that lead there")
    if cell.status is not CellStatus.RAN or trouble is None:
        raise CannotCompute(f" was stopped ({cell.status.value.replace('_', ' ')})", "it may use no more than students")
