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
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gradesmith.sandbox.frames import Channel, OutOfTime, PartnerGone, pair
from gradesmith.sandbox.partners import Lost, Partner, executed
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


class Family:
    """Starts processes of ours by forking one that has loaded the libraries. A context manager; threads may share it.

    The loader is started when it is first needed, and anew when it was lost. Zygotes live on without it; checkers end
    with it, so that none that is stuck outlives the run. Other processes share it by a ``line`` that they were given;
    who loses the loader at its other end starts one for itself.
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
            self._lose()
            folder, self._folder = self._folder, None
        if folder is not None:
            folder.remove()

    def line(self) -> socket.socket:
        """Return a line to the loader for another process, which is to make its own `Family` of it."""
        ours, theirs = socket.socketpair()
        with self._alone, ours:
            for _ in range(ATTEMPTS):
                loader = self._loader = self._loader or self._begun()
                with suppress(Lost):
                    loader.tell({"op": "listen"}, ours.fileno())
                    break
                self._lose()
        return theirs

    def start(self, role: str, home: Path, greeting: Mapping[str, Any]) -> Partner:
        """Start a process that lives in ``home``, and tell it the greeting.

        Raises `Lost` when that fails twice, and `SandboxRefused` when the loader can't be started.
        """
        with self._alone:
            for _ in range(ATTEMPTS):
                with suppress(Lost, PartnerGone, OutOfTime):
                    return _forked(self._asked(), role, home, greeting)
                self._lose()
        raise Lost

    def _asked(self) -> Channel:
        """Whom to ask for a process."""
        if self._line is not None:
            return self._line
        if self._loader is None:
            self._loader = self._begun()
            self._loader.tell({"op": "greet"})
            self._loader.ready()
        return self._loader.channel

    def _begun(self) -> Partner:
        self._folder = self._folder or EngineFolder()
        home = self._folder.path / f"loader-{next(self._numbers)}"
        home.mkdir(mode=0o700)
        return executed(LOADER, home)

    def _lose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
        loader, self._loader = self._loader, None
        if loader is not None:
            loader.end()


def _forked(loader: Channel, role: str, home: Path, greeting: Mapping[str, Any]) -> Partner:
    """Have the loader fork once. The loader itself is not told the greeting."""
    deadline = time.monotonic() + FORK_SECONDS
    ours, theirs = pair()
    log = home.parent / f"{home.name}.log"
    try:
        with theirs, log.open("wb") as file:
            wish = {"op": "fork", "role": role, "home": str(home)}
            loader.send(wish, descriptors=(theirs.fileno(), file.fileno()), deadline=deadline)
            ours.send(dict(greeting), deadline=deadline)
            frame = loader.receive(deadline, with_descriptors=True)
    except BaseException:
        ours.close()
        raise
    return Partner(ours, Forked(frame.header["pid"], *frame.descriptors), log)
