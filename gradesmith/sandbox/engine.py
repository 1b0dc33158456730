"""The grading engine: one warm process, one checker, and one submission after the other.

::

    engine ──► zygote ──fork──► child      runs the student's cells, confined, in a box of its own
       └─────► checker ──asks────►         runs the checks, confined, and never has a student's code
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from gradesmith.model.assessments import Limits
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import ChecksToAsk, Note, Plan, Report
from gradesmith.sandbox.boxes import make_box, remove_box
from gradesmith.sandbox.confinement import ALL_LAYERS, Layer, choose_identity
from gradesmith.sandbox.examiner import Examination, Examined
from gradesmith.sandbox.live import LiveChild, policy_limits
from gradesmith.sandbox.partners import Lost, Partner, Station
from gradesmith.sandbox.submission import SubmissionRun

CHECKER_MEMORY_MB = 4096
ATTEMPTS = 2


class Engine:
    """Grades submissions against one check library. A context manager; not thread-safe: one per thread.

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
    ) -> None:
        self._library = dict(library)
        self._layers = frozenset() if unconfined else frozenset(layers)
        self._numbers = itertools.count(1)
        self._partners: dict[str, Partner] = {}
        folder = Path(tempfile.mkdtemp(prefix="gradesmith-"))
        folder.chmod(0o711)
        self._station = Station(folder=folder, identity=choose_identity(slot) if os.getuid() == 0 else None)
        self.confinement = ""
        try:
            self._start_zygote()
            self._start_checker()
            namespaces = self._partners["zygote"].ready()["namespaces"]
            self._partners["checker"].ready()
            self.confinement = ", ".join([self._first_child(), *(f"own {name}" for name in namespaces)])
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
        shutil.rmtree(self._station.folder, ignore_errors=True)

    def run(self, plan: Plan) -> Report:
        """Run one submission and tell what was seen; what is missing from the report did not happen.

        Should a process of ours be lost on the way, the submission is begun once more with a new one.
        """
        for _ in range(ATTEMPTS):
            try:
                report = SubmissionRun(self, plan).report()
            except Lost:
                self._replace("zygote")
            else:
                return report.but(confinement=self.confinement)
        note = Note(about="engine", message="the grading process was lost twice; nothing of this submission was graded")
        return Report(notes=(note,), confinement=self.confinement)

    # What a submission's run asks for

    def fork(self, files: Iterable[DataFile], limits: Limits) -> LiveChild:
        """Fork a child in a fresh box and introduce it to the checker."""
        box = make_box(self._station, f"box-{next(self._numbers)}", files)
        try:
            child = LiveChild(self._partners["zygote"], box, limits, self._layers)
        except BaseException:
            remove_box(box)
            raise
        with suppress(Lost):
            self._partners["checker"].tell({"op": "meet"}, child.checkers_end.fileno())
        return child

    def retire(self, child: LiveChild) -> None:
        """End a child and remove its box."""
        try:
            child.end()
        finally:
            remove_box(child.box)

    def examine(self, child: LiveChild, asked: ChecksToAsk, seconds: float) -> Examined:
        """Have the checker ask the child; a checker that hangs or dies is replaced."""
        examined = Examination(self._partners["checker"], child, asked, seconds).run()
        if examined.checker_lost:
            self._replace("checker")
        return examined

    # Processes

    def _start_zygote(self) -> None:
        home = self._station.place(f"zygote-{next(self._numbers)}")
        trial = policy_limits(Limits(), self._layers) if self._layers == ALL_LAYERS else None
        greeting = {**self._station.whoever, "trial": trial}
        self._partners["zygote"] = Partner("gradesmith.sandbox.zygote", home, greeting)

    def _start_checker(self) -> None:
        home = self._station.place(f"checker-{next(self._numbers)}")
        greeting = {
            **self._station.whoever,
            "folder": str(home),
            "library": self._library,
            "layers": sorted(self._layers),
            "memory_mb": CHECKER_MEMORY_MB,
        }
        self._partners["checker"] = Partner("gradesmith.sandbox.checker", home, greeting)

    def _replace(self, name: str) -> None:
        self._partners.pop(name).end()
        {"zygote": self._start_zygote, "checker": self._start_checker}[name]()
        self._partners[name].ready()

    def _first_child(self) -> str:
        """Fork a first child, to see that children can be confined here; say what was reached."""
        child = self.fork((), Limits())
        try:
            reached = child.confinement
        finally:
            self.retire(child)
        who = self._station.identity
        return f"{reached}, uid {who.uid if who else os.getuid()}"
