"""Some engines that run plans side by side, in the order in which they are given."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from gradesmith.model.runs import Plan, Report
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.sandbox.family import Family

Progress = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


class Bench:
    """Engines with one check library, started when there is something to run. A context manager; for one thread."""

    def __init__(self, library: Mapping[str, str], jobs: int) -> None:
        self._library = library or {"checks_none.py": "def test_nothing():\n    pass\n"}
        self._jobs = jobs
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="verifier")
        self._family = Family()
        self._engines: list[Engine] = []
        self._idle: queue.SimpleQueue[Engine] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for engine in self._engines:
            engine.close()
        self._family.close()

    def run(self, plans: Sequence[Plan], progress: Progress = silent) -> list[Report]:
        """Run each plan in a process of its own, as a submission is run, and return the reports in order.

        Raises:
            SandboxRefused: When what a bank file runs can't be confined here.
        """
        if plans and not self._engines:
            list(self._threads.map(self._start, range(self._jobs)))
        reports = []
        for report in self._threads.map(self._one, plans):
            reports.append(report)
            progress(len(reports), len(plans))
        return reports

    def _start(self, slot: int) -> None:
        engine = Engine(self._library, slot=slot, premises=Premises(family=self._family))
        self._engines.append(engine)
        self._idle.put(engine)

    def _one(self, plan: Plan) -> Report:
        engine = self._idle.get()
        try:
            return engine.run(plan)
        finally:
            self._idle.put(engine)
