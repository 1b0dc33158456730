"""The processes of one run, which share what they have loaded: a loader, and all that it is forked for."""

from __future__ import annotations

import itertools
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.frames import Channel, OutOfTime, PartnerGone, pair
from gradesmith.sandbox.partners import Lost, Partner, executed, last_words, refusal
from gradesmith.sandbox.stations import EngineFolder

ATTEMPTS = 2
FORK_SECONDS = 120.0  # the libraries may have to be loaded first, on a busy machine
LOADER = "gradesmith.sandbox.loader"


class Forked:
    """A process that the loader has forked, known by a descriptor: its number may come to be another's."""

    def __init__(self, pid: int, watch: int) -> None:
        self.pid = pid
        self._watch = watch

    def kill(self) -> None:
        """Kill it, if it has not ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watch, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended; raise `subprocess.TimeoutExpired` when it does not in time."""
        poll = select.poll()
        poll.register(self._watch, select.POLLIN)
        if not poll.poll(None if timeout is None else 1000 * timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)

    def close(self) -> None:
        """Forget it."""
        os.close(self._watch)


@dataclass(frozen=True, slots=True)
class Wish:
    """A process to be forked: its role, the folder in which it lives, and what it is told when it is there."""

    role: str
    home: Path
    greeting: Mapping[str, Any]

    @property
    def log(self) -> Path:
        """Where its last words to people are."""
        return self.home.parent / f"{self.home.name}.log"


class Family:
    """Starts processes of ours by forking one that has loaded the libraries. A context manager; threads may share it.

    The loader is started when it is first needed, unless it was told to begin, and anew when it was lost. Zygotes live
    on without it; checkers end with it, so that none that is stuck outlives the run. Other processes share it by a
    ``line`` that they were given; who loses the loader at its other end starts one for itself.
    """

    def __init__(self, line: socket.socket | None = None) -> None:
        self._alone = threading.Lock()
        self._numbers = itertools.count(1)
        self._folder: EngineFolder | None = None
        self._loader: Partner | None = None
        self._line = None if line is None else Channel(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up on the loader, end it if it is ours, and remove its folder; may be called twice."""
        with self._alone:
            self._end_loader()
            folder, self._folder = self._folder, None
        if folder is not None:
            folder.remove()

    def begin(self) -> None:
        """Have the libraries loaded from now on: that takes a while, in which others may do something else."""
        with self._alone:
            self._whom_to_ask()

    def line(self) -> socket.socket:
        """Return a line to the loader for another process, which is to make its own `Family` of it."""
        ours, theirs = socket.socketpair()
        with self._alone, ours:
            for _ in range(ATTEMPTS):
                loader = self._loader = self._loader or self._begun()
                with suppress(Lost):
                    loader.tell({"op": "listen"}, ours.fileno())
                    break
                self._end_loader()
        return theirs

    def start(self, role: str, home: Path, greeting: Mapping[str, Any]) -> Starting:
        """Ask for a process that lives in ``home`` and is told the greeting, and do not wait for it."""
        return Starting(self, Wish(role, home, greeting))

    def ask(self, wish: Wish) -> tuple[Channel, Channel]:
        """Send a wish; return whom it was sent to, and our end of the new process's line.

        If it never gets there, nobody holds the other end of that.
        """
        deadline = time.monotonic() + FORK_SECONDS
        ours, theirs = pair()
        with suppress(PartnerGone, OutOfTime):
            with self._alone, theirs, wish.log.open("wb") as file:
                loader = self._whom_to_ask()
                header = {"op": "fork", "role": wish.role, "home": str(wish.home)}
                loader.send(header, descriptors=(theirs.fileno(), file.fileno()), deadline=deadline)
            ours.send(dict(wish.greeting), deadline=deadline)  # which neither loader nor hearth is to hear
        return loader, ours

    def lose(self, loader: Channel) -> str:
        """Give up a loader that did not answer, if nobody else has; return what it said if it never was ready."""
        with self._alone:
            if loader is self._line:
                self._end_loader()
            if self._loader is None or loader is not self._loader.channel:
                return ""
            words = "" if _was_ready(loader) else self._loader.last_words()
            self._end_loader()
        return words

    def _whom_to_ask(self) -> Channel:
        if self._line is not None:
            return self._line
        self._loader = self._loader or self._begun()
        return self._loader.channel

    def _begun(self) -> Partner:
        self._folder = self._folder or EngineFolder()
        home = self._folder.path / f"loader-{next(self._numbers)}"
        home.mkdir(mode=0o700)
        return executed(LOADER, home)

    def _end_loader(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
        loader, self._loader = self._loader, None
        if loader is not None:
            loader.end()


class Starting:
    """A process on its way: it was asked for, and the loader may still be loading. A context manager.

    Where the loader is lost, another is asked, once.
    """

    def __init__(self, family: Family, wish: Wish) -> None:
        self._family = family
        self._wish = wish
        self._loader, self._line = family.ask(wish)
        self._there = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave a process that nobody has waited for to end by itself."""
        if not self._there:
            self._line.close()

    def partner(self) -> Partner:
        """Wait until it is there.

        Raises `SandboxRefused` when it, or the loader, says why it can't be, and `Lost` when it is lost twice unsaid.
        """
        words = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._loader, self._line = self._family.ask(self._wish)
            try:
                return self._arrived()
            except (PartnerGone, OutOfTime):
                self._line.close()
                words = self._family.lose(self._loader) or last_words(self._wish.log)
        if words:
            raise SandboxRefused("a grading process did not start", words)
        raise Lost

    def _arrived(self) -> Partner:
        frame = self._line.receive(time.monotonic() + FORK_SECONDS, with_descriptors=True)
        if frame.header["event"] == "refused":
            raise refusal(frame.header)
        self._there = True
        return Partner(self._line, Forked(frame.header["pid"], *frame.descriptors), self._wish.log)


def _was_ready(loader: Channel) -> bool:
    with suppress(PartnerGone):
        return loader.spoke() and loader.receive().header["event"] == "ready"
    return False
