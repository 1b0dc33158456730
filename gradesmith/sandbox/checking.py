"""One pytest session that runs checks on request, again and again, as rerun plugins do."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from gradesmith.sandbox.frames import Channel, Frame
from gradesmith.sandbox.proxy import Conversation, Student
from gradesmith.sandbox.vacuous import refuse_empty_answers
from gradesmith.sandbox.verdicts import CheckTimeout, Verdict, verdict_of

ALARM_GRACE = 0.5
OPTIONS = (
    "--import-mode=importlib",
    "--noconftest",
    "--strict-markers",
    "--continue-on-collection-errors",
    "--capture=no",
    "-p", "no:cacheprovider",
    "-p", "no:terminal",
    "-p", "no:faulthandler",
    "-p", "no:junitxml",
    "-p", "no:unraisableexception",
    "-p", "no:threadexception",
)  # fmt: skip
CHECKS = "gradesmith-checks"
# With the folder in the pattern: a bare *.py would have pytest rewrite the asserts of every library as well.
SETTINGS = f"[pytest]\npython_files = {CHECKS}/*.py\nmarkers =\n    check: a question's check\n"


class CheckingSession:
    """The plugin that stands where pytest's own run loop stands."""

    def __init__(self, control: Channel, folder: Path, confinement: str) -> None:
        self._control = control
        self._folder = folder
        self._confinement = confinement
        self._items: dict[tuple[str, str], list[pytest.Function]] = defaultdict(list)
        self._uncollected: dict[str, str] = {}
        self._talk: Conversation | None = None
        self._seed = 0
        self._ended: dict[str, BaseException] = {}

    def run(self) -> None:
        """Collect the library and serve until the coordinator hangs up."""
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        refuse_empty_answers()
        settings = self._folder / "pytest.ini"
        settings.write_text(SETTINGS, encoding="utf-8")
        pytest.main(
            [*OPTIONS, f"-c{settings}", f"--rootdir={self._folder}", str(self._folder / CHECKS)], plugins=[self]
        )

    # What pytest calls

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember why a file could not be collected."""
        if report.failed:
            self._uncollected[report.nodeid.removeprefix(f"{CHECKS}/")] = str(report.longrepr)[-2000:]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Serve requests instead of running everything once."""
        for item in session.items:
            if isinstance(item, pytest.Function):
                name = item.path.relative_to(self._folder / CHECKS).as_posix()
                cloudpickle.register_pickle_by_value(item.module)
                self._items[name, item.originalname].append(item)
        signal.signal(signal.SIGALRM, _out_of_time)
        self._control.send({"event": "ready", "confinement": self._confinement, "broken": self._uncollected})
        while True:
            self._serve(self._control.receive(with_descriptors=True))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        """Remember how each phase of a run ended, and spare pytest the drawing of a traceback that nobody reads."""
        if call.excinfo is not None:
            self._ended.setdefault(call.when, call.excinfo.value)
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        when = "call" if call.when == "collect" else call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    @pytest.fixture
    def student(self) -> Student:
        """The student's notebook."""
        return Student(self._conversation())

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator that is the same for every student: seeded by the course and the check's name."""
        name: str = request.node.originalname
        return np.random.default_rng([self._seed, zlib.crc32(name.encode())])

    @pytest.fixture
    def printed(self) -> Any:
        """A function that returns what the notebook's functions have printed since it was last called."""
        return self._conversation().take_printed

    @pytest.fixture
    def within(self) -> Any:
        """What gives the calls of a `with` block less time than the check itself has."""
        return self._conversation().within

    def _seed_generators(self, name: str) -> None:
        """Have a check draw the same, whichever checks and submissions came before it."""
        seed = zlib.crc32(f"{self._seed} {name}".encode())
        random.seed(seed)
        np.random.seed(seed)

    # What the coordinator asks

    def _conversation(self) -> Conversation:
        if self._talk is None:
            raise RuntimeError("there is no student's process to speak with")
        return self._talk

    def _serve(self, frame: Frame) -> None:
        if frame.header["op"] == "meet":
            if self._talk is not None:
                self._talk.close()
            channel = Channel(socket.socket(fileno=frame.descriptors[0]))
            self._talk = Conversation(channel, cloudpickle.dumps, self._replied)
            return
        self._seed = frame.header["rng_seed"]
        last = time.monotonic() + frame.header["left"]
        for name in frame.header["names"]:
            deadline = min(time.monotonic() + frame.header["seconds"], last)
            began = time.process_time()
            verdict = self._check(frame.header["file"], name, deadline)
            broken = self._conversation().broken
            said = {**verdict.as_dict(), "cpu": time.process_time() - began, "broken": broken.how if broken else ""}
            self._control.send({"event": "checked", "name": name, **said})
            if broken:
                break
        self._control.send({"event": "done"})

    def _replied(self) -> None:
        """Say that from now on the check is at work on what the student's code gave it, should it never end."""
        self._control.send({"event": "replied"})

    def _check(self, file: str, name: str, deadline: float) -> Verdict:
        items = self._items.get((file, name))
        if not items:
            why = self._uncollected.get(file, f"the check file {file} has no {name}")
            return Verdict("BROKEN", why)
        for item in items:
            verdict = self._run_item(item, deadline)
            if verdict.status != "PASSED":
                return verdict
        return verdict

    def _run_item(self, item: pytest.Function, deadline: float) -> Verdict:
        talk = self._conversation()
        self._ended = {}
        self._seed_generators(item.originalname)
        if talk.begin(deadline):
            try:
                with _alarm(deadline + ALARM_GRACE):
                    runtestprotocol(item, log=False)
            except CheckTimeout as timeout:
                self._ended.setdefault("call", timeout)
                item.session._setupstate.teardown_exact(None)
            talk.finish()
        return verdict_of(self._ended, talk.broken, replied=talk.replies > 0)


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise CheckTimeout


@contextmanager
def _alarm(deadline: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
