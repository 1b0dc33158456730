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
    """How the checks went, whether the child has to go, and whether the checker has to.

    A checker is ``stuck`` when a check does not end with what the student's code gave it, not even when its time is up.
    That check has its run, as the student's; those after it have none, and may be asked by another checker.
    """

    runs: list[CheckRun] = field(default_factory=list)
    death: Died | None = None
    checker_lost: bool = False
    checker_stuck: bool = False


class Examination:
    """One request to the checker, from its sending to its last answer."""

    def __init__(
        self, checker: Partner, child: LiveChild, asked: ChecksToAsk, time_limits: tuple[float, float]
    ) -> None:
        self._checker = checker
        self._child = child
        self._asked = asked
        self._seconds, self._left = time_limits
        self._deadline = 0.0
        self._replied = False
        self._result = Examined()

    def run(self) -> Examined:
        """Ask, and collect exactly one run per check, unless the checker is stuck."""
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
            self._check_begins()
            while self._next():
                pass
            self._look()
        except Lost:
            self._result.checker_lost = True
        except OutOfTime:
            self._result.checker_stuck = self._replied and self._result.death is None
            self._result.checker_lost = not self._result.checker_stuck
        self._finish()
        return self._result

    def _check_begins(self) -> None:
        self._deadline = time.monotonic() + self._seconds + CHECK_GRACE
        self._replied = False

    def _next(self) -> bool:
        try:
            self._child.watch(self._checker.channel, self._deadline)
        except Died as death:
            self._result.death = self._result.death or death
            self._child.kill()
            return True
        header = self._checker.listen().header
        match header["event"]:
            case "replied":
                self._replied = True
            case "checked":
                self._take(header)
                self._check_begins()
        return bool(header["event"] != "done")

    def _look(self) -> None:
        """Have the child go whose functions took too much of the disk: later questions are not to pay for it."""
        if self._result.death is None:
            try:
                self._child.look()
            except Died as death:
                self._result.death = death

    def _take(self, header: dict[str, Any]) -> None:
        self._result.runs.append(
            CheckRun(
                cell=self._asked.cell,
                name=header["name"],
                status=Status(header["status"]),
                detail=header["detail"],
                raised=header["raised"],
                cpu_seconds=header["cpu"],
            )
        )
        if header["broken"] and self._result.death is None:
            self._result.death = Died(DEATHS[header["broken"]], header["detail"])

    def _finish(self) -> None:
        """Give the checks that did not end a verdict of their own."""
        death = self._result.death
        unsaid = self._asked.names[len(self._result.runs) :]
        if death is not None:
            status, why = (Status.TIMED_OUT if death.how == "late" else Status.KILLED), death.detail
        elif self._result.checker_stuck:
            status, why = Status.TIMED_OUT, "the check did not come to an end with what came back"
            unsaid = unsaid[:1]
        else:
            status, why = Status.BROKEN, "the checker did not finish"
        for name in unsaid:
            self._result.runs.append(CheckRun(cell=self._asked.cell, name=name, status=status, detail=why))
