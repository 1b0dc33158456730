"""Have the checker ask one child one question's checks, and watch both of them meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from gradesmith.model.outcomes import Status
from gradesmith.model.runs import CheckRun, ChecksToAsk
from gradesmith.sandbox.frames import OutOfTime
from gradesmith.sandbox.live import Died, LiveChild
from gradesmith.sandbox.partners import Lost, Partner

CHECK_GRACE = 5.0
DEATHS = {"gone": "ended", "late": "late", "forged": "forged"}


@dataclass(slots=True)
class Examined:
    """How the checks went, whether the child has to go, and whether the checker has to."""

    runs: list[CheckRun] = field(default_factory=list)
    death: Died | None = None
    checker_lost: bool = False


class Examination:
    """One request to the checker, from its sending to its last answer."""

    def __init__(
        self, checker: Partner, child: LiveChild, asked: ChecksToAsk, time_limits: tuple[float, float]
    ) -> None:
        self._checker = checker
        self._child = child
        self._asked = asked
        self._seconds, self._left = time_limits
        self._result = Examined()

    def run(self) -> Examined:
        """Ask, and collect exactly one run per check that was begun or could not be finished."""
        try:
            self._checker.tell(
                {
                    "op": "check",
                    "file": self._asked.file,
                    "names": list(self._asked.names),
                    "rng_seed": self._asked.rng_seed,
                    "seconds": self._seconds,
                    "left": self._left,
                }
            )
            while self._next():
                pass
        except (Lost, OutOfTime):
            self._result.checker_lost = True
        self._finish()
        return self._result

    def _next(self) -> bool:
        try:
            self._child.watch(self._checker.channel, time.monotonic() + self._seconds + CHECK_GRACE)
        except Died as death:
            self._result.death = self._result.death or death
            self._child.kill()
            return True
        header = self._checker.listen().header
        if header["event"] == "checked":
            self._take(header)
        return bool(header["event"] == "checked")

    def _take(self, header: dict[str, Any]) -> None:
        self._result.runs.append(
            CheckRun(
                cell=self._asked.cell,
                name=header["name"],
                status=Status(header["status"]),
                detail=header["detail"],
                raised=header["raised"],
            )
        )
        if header["broken"] and self._result.death is None:
            self._result.death = Died(DEATHS[header["broken"]], header["detail"])

    def _finish(self) -> None:
        """Give the checks that did not end a verdict of their own."""
        death = self._result.death
        if death is not None:
            status, why = (Status.TIMED_OUT if death.how == "late" else Status.KILLED), death.detail
        else:
            status, why = Status.BROKEN, "the checker did not finish"
        for name in self._asked.names[len(self._result.runs) :]:
            self._result.runs.append(CheckRun(cell=self._asked.cell, name=name, status=status, detail=why))
