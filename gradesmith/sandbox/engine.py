"""The grading engine: one warm process, one checker, and one submission after the other.

::

    engine ──► zygote ──fork──► child      runs the student's cells, confined, in a box of its own
       └─────► checker ──asks────►         runs the checks, confined, and never has a student's code

Both are forked from a process that has loaded the libraries, which engines of one run share (`family`).
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from gradesmith.errors import SandboxRefused
from gradesmith.model.assessments import Limits
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import ChecksToAsk, Note, Plan, Report
from gradesmith.sandbox.boxes import make_box, remove_box
from gradesmith.sandbox.confinement import ALL_LAYERS, Layer, choose_identity, readable_roots
from gradesmith.sandbox.examiner import Examination, Examined
from gradesmith.sandbox.family import Family, Starting
from gradesmith.sandbox.live import LiveChild, policy_limits
from gradesmith.sandbox.partners import Lost, Partner, Station
from gradesmith.sandbox.stations import EngineFolder
from gradesmith.sandbox.submission import run_submission

CHECKER_MEMORY_MB = 4096
ATTEMPTS = 2
# A child is ended when it is seen to take more than it may. What it takes until then is bounded by so many times that.
HARD_LIMIT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What an engine must know of the plans and of the course it works for, and whose processes it shares.

    ``disk_mb`` is the most that the limits of a plan give; ``hidden`` names folders that must lie in none that student
    code may read. Without a ``family`` the engine has one of its own.
    """

    disk_mb: int = Limits().disk_mb
    hidden: tuple[Path, ...] = ()
    family: Family | None = None


class Engine:
    """Grades submissions against one check library. A context manager; not thread-safe: one per thread.

    ``own`` names what its processes have to themselves, beside the machine: ``net``, ``ipc``, ``user``, ``disk``.
    ``slot`` numbers the engines that run at the same time, so that as root each runs as a user of its own. With
    ``unconfined`` (on the instructor's own word) or fewer ``layers``, student code may read and do more. Raises
    `SandboxRefused` when the confinement asked for can't be had.
    """

    def __init__(
        self,
        library: Mapping[str, str],
        *,
        slot: int = 0,
        layers: Iterable[Layer] = ALL_LAYERS,
        unconfined: bool = False,
        premises: Premises = Premises(),
    ) -> None:
        if not unconfined:
            readable_roots(closed=map(str, premises.hidden))
        self._library = dict(library)
        self._disk_mb = premises.disk_mb
        self._layers = frozenset() if unconfined else frozenset(layers)
        self._numbers = itertools.count(1)
        self._partners: dict[str, Partner] = {}
        identity = choose_identity(slot) if os.getuid() == 0 else None
        self._family, self._shared = premises.family or Family(), premises.family is not None
        self._folder: EngineFolder | None = EngineFolder()
        self._station = Station(folder=self._folder.path, identity=identity)
        self.confinement = ""
        self.own: frozenset[str] = frozenset()
        try:
            with self._zygote() as zygote, self._checker() as checker:
                self._partners["zygote"] = zygote.partner()
                self._partners["checker"] = checker.partner()
            self.own = frozenset(self._partners["zygote"].ready()["namespaces"])
            self.confinement = ", ".join([self._first_child(), *(f"own {name}" for name in sorted(self.own))])
            self._partners["checker"].ready()
        except Lost:
            self.close()
            raise SandboxRefused("a grading process was lost while it started", "Run the same command again.") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes and remove all folders; may be called twice."""
        for partner in self._partners.values():
            partner.end()
        self._partners.clear()
        if not self._shared:
            self._family.close()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.remove()

    def run(self, plan: Plan) -> Report:
        """Run one submission and tell what was seen; what is missing from the report did not happen.

        Should a process of ours be lost on the way, the submission is begun once more with a new one. If that is lost
        too, the report is ``unfinished``.
        """
        note = Note(about="engine", message="the grading process was lost twice; nothing of this submission was graded")
        report = Report(notes=(note,), unfinished=True)
        for _ in range(ATTEMPTS):
            try:
                report = run_submission(self, plan)
            except Lost:
                self._lose("zygote")
            if not report.unfinished:
                break
        return report.but(confinement=self.confinement)

    # What a submission's run asks for

    def fork(self, files: Iterable[DataFile], limits: Limits) -> LiveChild:
        """Fork a child in a fresh box and introduce it to the checker."""
        box = make_box(self._station, f"box-{next(self._numbers)}", files)
        try:
            child = LiveChild(self._partner("zygote"), box, limits, self._layers)
        except BaseException:
            remove_box(box)
            raise
        self._introduce(child)
        return child

    def retire(self, child: LiveChild) -> None:
        """End a child and remove its box."""
        try:
            child.end()
        finally:
            remove_box(child.box)

    def examine(self, child: LiveChild, asked: ChecksToAsk, seconds: float, left: float) -> Examined:
        """Have the checker ask the child; a checker that hangs or dies is replaced.

        If it is stuck with an answer of the child's, a new one asks the same child the checks that are left.
        """
        began = time.monotonic()
        examined = Examination(self._partner("checker"), child, asked, (seconds, left)).run()
        if examined.checker_lost or examined.checker_stuck:
            self._lose("checker")
        if examined.checker_stuck:
            self._introduce(child)
            if rest := asked.names[len(examined.runs) :]:
                left -= time.monotonic() - began
                others = self.examine(child, asked.but(names=rest), seconds, left)
                return replace(others, runs=examined.runs + others.runs)
        return examined

    def _introduce(self, child: LiveChild) -> None:
        with suppress(Lost):
            self._partner("checker").tell({"op": "meet"}, child.checkers_end.fileno())

    # Processes

    def _zygote(self) -> Starting:
        home = self._station.place(f"zygote-{next(self._numbers)}")
        trial = policy_limits(Limits(), self._layers) if self._layers == ALL_LAYERS else None
        room = self._station.room(f"room-{next(self._numbers)}", HARD_LIMIT * self._disk_mb)
        greeting = {**self._station.whoever, "trial": trial, "room": room}
        return self._family.start("zygote", home, greeting)

    def _checker(self) -> Starting:
        home = self._station.place(f"checker-{next(self._numbers)}")
        greeting = {
            **self._station.whoever,
            "folder": str(home),
            "library": self._library,
            "layers": sorted(self._layers),
            "memory_mb": CHECKER_MEMORY_MB,
        }
        return self._family.start("checker", home, greeting)

    def _lose(self, name: str) -> None:
        partner = self._partners.pop(name, None)
        if partner is not None:
            partner.end()

    def _partner(self, name: str) -> Partner:
        """The zygote or the checker, started anew if it was lost."""
        if name not in self._partners:
            with {"zygote": self._zygote, "checker": self._checker}[name]() as starting:
                self._partners[name] = starting.partner()
            try:
                self._partners[name].ready()
            except BaseException:
                self._lose(name)
                raise
        return self._partners[name]

    def _first_child(self) -> str:
        """Fork a first child, to see that children can be confined here; say what was reached."""
        child = self.fork((), Limits())
        try:
            reached = child.confinement
        finally:
            self.retire(child)
        who = self._station.identity
        return f"{reached}, uid {who.uid if who else os.getuid()}"
