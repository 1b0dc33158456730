"""The coordinator's side of the processes that grade: gives them work, and takes what they made of it."""

from __future__ import annotations

import select
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self

from gradesmith import errors
from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.frames import PartnerGone, pair
from gradesmith.workflows.duties import CAPS, Answer, Duty, Job, as_bytes, from_bytes

# One is worked at, the other waits, so that no worker ever waits for the coordinator.
AT_ONCE = 2
ATTEMPTS = 2
ENDING_SECONDS = 20.0


class WorkerFailed(Exception):
    """A worker stopped by a fault of ours; what it said stands on the standard error."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A job, and the form it goes by."""

    job: Job
    form: Form


class WorkerProcess:
    """One process that grades, and what it has not answered yet, in order. ``line`` leads to the crew's loader."""

    def __init__(self, duty: Duty, line: socket.socket) -> None:
        self.channel, theirs = pair(CAPS)
        with theirs, line:
            lines = theirs.fileno(), line.fileno()
            command = [sys.executable, "-P", "-m", "gradesmith.workflows.worker", *map(str, lines)]
            self._process = subprocess.Popen(command, pass_fds=lines, stdin=subprocess.DEVNULL)
        self.under_way: list[Errand] = []
        with suppress(PartnerGone):  # whoever reads its answer will notice
            self.channel.send({}, [as_bytes(duty)])

    def give(self, errand: Errand) -> None:
        """Send it one more job."""
        self.under_way.append(errand)
        with suppress(PartnerGone):
            self.channel.send({}, [as_bytes(errand.job), _as_it_travels(errand.form)])

    def take(self) -> Answer:
        """Read the answer to the oldest job; raise `PartnerGone` if it is no more."""
        answer = from_bytes(Answer, self.channel.receive().buffers[0])
        del self.under_way[0]
        return answer

    def end(self) -> int:
        """Hang up, see it end, and return how it did."""
        self.channel.close()
        try:
            return self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class Crew:
    """Workers, started as there is work for them, and replaced when they are lost. A context manager.

    What they run student code and checks with is forked from one ``family``, which loads the libraries for all of them.
    """

    def __init__(self, duty: Duty, most: int, family: Family) -> None:
        self._duty = duty
        self._slots: list[WorkerProcess | None] = [None] * most
        self._lost = Counter[str]()
        self._family = family

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up on everybody, and wait until they have ended what they were at."""
        for worker in self._at_work:
            worker.channel.close()
        for worker in self._at_work:
            worker.end()

    def answers(self, errands: Iterable[Errand]) -> Generator[Answer]:
        """Have all jobs done and yield what became of each, as it comes; no further ahead than workers need.

        Raises:
            GradesmithError: When nothing can be graded here.
            WorkerFailed: When a worker fell over a fault of ours.
        """
        for errand in errands:
            while self._idlest is None:
                yield from self._taken()
            self._give(errand)
        while any(worker.under_way for worker in self._at_work):
            yield from self._taken()

    @property
    def _at_work(self) -> list[WorkerProcess]:
        return [worker for worker in self._slots if worker is not None]

    @property
    def _idlest(self) -> int | None:
        """The slot of whoever has least to do; ``None`` if all have enough."""
        load = [0 if worker is None else len(worker.under_way) for worker in self._slots]
        slot = min(range(len(load)), key=lambda one: (load[one], self._slots[one] is not None, one))
        return slot if load[slot] < AT_ONCE else None

    def _give(self, errand: Errand) -> None:
        slot = self._idlest
        assert slot is not None  # noqa: S101 - whoever gives has looked
        worker = self._slots[slot]
        if worker is None:
            worker = self._slots[slot] = WorkerProcess(self._duty.but(slot=slot), self._family.line())
        worker.give(errand)

    def _taken(self) -> Generator[Answer]:
        """Wait until somebody speaks, and yield what they say."""
        poll = select.poll()
        by_descriptor = {worker.channel.fileno(): slot for slot, worker in enumerate(self._slots) if worker}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll():
            yield from self._heard(by_descriptor[descriptor])

    def _heard(self, slot: int) -> Generator[Answer]:
        worker = self._slots[slot]
        if worker is None:
            return
        try:
            answer = worker.take()
        except PartnerGone:
            yield from self._replace(slot, worker)
            return
        if answer.became == "stopped":
            raise _error(answer)
        yield answer

    def _replace(self, slot: int, worker: WorkerProcess) -> Generator[Answer]:
        """Start another in place of one that was lost, and give it what that had not answered.

        What was worked at when a worker was lost for the second time, fails.
        """
        self._slots[slot] = None
        if worker.end() > 0:
            raise WorkerFailed("a grading process stopped; what it said stands above")
        left = worker.under_way
        if left:
            student = left[0].job.student
            self._lost[student] += 1
            if self._lost[student] >= ATTEMPTS:
                left = left[1:]
                yield Answer(student=student, became="failed", why="the grading process was lost twice")
        if left:
            successor = self._slots[slot] = WorkerProcess(self._duty.but(slot=slot), self._family.line())
            for errand in left:
                successor.give(errand)


def _error(answer: Answer) -> GradesmithError:
    kind = getattr(errors, answer.fault, GradesmithError)
    error: GradesmithError = kind(answer.why, answer.remedy)
    return error


@lru_cache(maxsize=2)
def _as_it_travels(form: Form) -> bytes:
    return as_bytes(form)
