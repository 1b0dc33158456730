"""Evaluates what many draws of a numeric question compute, many at a time, confined.

A draw that asks for a value which nobody has computed yet is given up, and its request is kept. When the requests of
all draws have been computed in a few runs, the same draws are made again: the same seed asks for the same values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import JsonValue

from gradesmith.errors import CannotCompute, CannotDraw, GradesmithError
from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellStatus, CellToRun, Plan, QuestionRun, Report
from gradesmith.model.values import digest_of
from gradesmith.workflows.evaluate import CELL
from gradesmith.workflows.verify.bench import Bench

SECONDS = 10.0
AT_ONCE = 100
BATCH = """\
import json
for gradesmith_row, gradesmith_cell in enumerate(json.loads({cells!r})):
    gradesmith_names = {{}}
    exec(gradesmith_cell, gradesmith_names)
    globals()[f"trouble_{{gradesmith_row}}"] = gradesmith_names["gradesmith_trouble"]
    for gradesmith_column, gradesmith_value in enumerate(gradesmith_names["gradesmith_found"]):
        globals()[f"value_{{gradesmith_row}}_{{gradesmith_column}}"] = gradesmith_value
"""
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Request:
    """What an evaluator is asked."""

    code: str
    given: Mapping[str, JsonValue]
    wanted: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What tells it from others."""
        return digest_of([self.code, dict(self.given), list(self.wanted)])

    @property
    def cell(self) -> str:
        """The cell that computes it."""
        return CELL.format(code=self.code, given=json.dumps(dict(self.given)), wanted=self.wanted, seconds=SECONDS)


class Pending(Exception):
    """The value is not there yet: draw again later."""


@dataclass(slots=True)
class BatchEvaluator:
    """An evaluator that answers what it knows and remembers what it was asked besides."""

    bench: Bench
    at_once: int = AT_ONCE
    known: dict[str, dict[str, JsonValue] | str] = field(default_factory=dict)
    waiting: dict[str, Request] = field(default_factory=dict)

    def evaluate(self, code: str, given: Mapping[str, JsonValue], wanted: tuple[str, ...]) -> dict[str, JsonValue]:
        """Return the values if they are known.

        Raises:
            Pending: When they are not known yet.
            CannotCompute: When code or an expression raised, took too long, or gave no plain value.
        """
        request = Request(code, given, wanted)
        digest = request.digest
        if digest not in self.known:
            self.waiting[digest] = request
            raise Pending
        answer = self.known[digest]
        if isinstance(answer, str):
            raise CannotCompute(answer)
        return answer

    def settle(self) -> None:
        """Compute whatever is waiting. A batch that does not come to its end is computed one by one."""
        waiting, self.waiting = list(self.waiting.items()), {}
        batches = [waiting[start : start + self.at_once] for start in range(0, len(waiting), self.at_once)]
        unfinished = []
        for batch, report in zip(batches, self._run(batches), strict=True):
            if _has_ended(report):
                self._learn(batch, report)
            else:
                unfinished += [[one] for one in batch]
        for batch, report in zip(unfinished, self._run(unfinished), strict=True):
            if _has_ended(report):
                self._learn(batch, report)
            else:
                self.known[batch[0][0]] = " was stopped, or took too long"

    def _run(self, batches: Sequence[Sequence[tuple[str, Request]]]) -> list[Report]:
        return self.bench.run([_plan([request for _, request in batch]) for batch in batches])

    def _learn(self, batch: Sequence[tuple[str, Request]], report: Report) -> None:
        for row, (digest, request) in enumerate(batch):
            self.known[digest] = _answer(row, request, report.values)


def _plan(requests: Sequence[Request]) -> Plan:
    names = [f"trouble_{row}" for row in range(len(requests))]
    names += [f"value_{row}_{column}" for row, one in enumerate(requests) for column in range(len(one.wanted))]
    source = BATCH.format(cells=json.dumps([one.cell for one in requests]))
    run = QuestionRun(slot="compute", cells=(CellToRun(id="compute", source=source),), read=tuple(names))
    seconds = 2 * SECONDS if len(requests) > 1 else SECONDS
    return Plan(questions=(run,), files=(), limits=Limits(cell_seconds=seconds, submission_seconds=3 * seconds))


def _has_ended(report: Report) -> bool:
    return bool(report.cells) and report.cells[0].status is CellStatus.RAN


def _answer(row: int, request: Request, values: Mapping[str, JsonValue]) -> dict[str, JsonValue] | str:
    """Return the value of each expression, or why there is none."""
    trouble = values.get(f"trouble_{row}")
    if trouble != []:
        return str(trouble[0]) if isinstance(trouble, list) else " gave no values"
    found = {one: f"value_{row}_{column}" for column, one in enumerate(request.wanted)}
    missing = [one for one, name in found.items() if name not in values]
    if missing:
        return f": {missing[0]} is no number, text, list or dictionary"
    return {one: values[name] for one, name in found.items()}


def draw_all(
    draw: Callable[[int], Drawn], seeds: Sequence[int], evaluator: BatchEvaluator
) -> dict[int, Drawn | GradesmithError]:
    """Draw under every seed; what can't be drawn is the error instead."""
    drawn: dict[int, Drawn | GradesmithError] = {}
    left = list(seeds)
    while left:
        again = []
        for seed in left:
            try:
                drawn[seed] = draw(seed)
            except Pending:
                again.append(seed)
            except (CannotDraw, CannotCompute) as error:
                drawn[seed] = error
        evaluator.settle()
        left = again
    return {seed: drawn[seed] for seed in seeds}
