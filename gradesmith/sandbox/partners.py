"""The coordinator's side of a process of ours: the loader, a zygote, which forks children, or a checker."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import Identity, scrubbed_environment
from gradesmith.sandbox.frames import Channel, Frame, OutOfTime, PartnerGone, pair

START_SECONDS = 120.0
FRAME_SECONDS = 5.0


class Lost(Exception):
    """A process of ours ended, which is nobody's answer to anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Where processes of ours live: their folder, and as whom they run (``None``: as ourselves)."""

    folder: Path
    identity: Identity | None

    def place(self, name: str) -> Path:
        """Make a folder that only ``identity`` can enter."""
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if self.identity is not None:
            os.chown(folder, self.identity.uid, self.identity.gid)
        return folder

    def room(self, name: str, megabytes: int) -> dict[str, Any]:
        """Make a folder that a `Room` may cover, and return the room as it travels."""
        folder = self.place(name)
        owner = folder.stat()
        return {"path": str(folder), "uid": owner.st_uid, "gid": owner.st_gid, "megabytes": megabytes}

    @property
    def whoever(self) -> dict[str, int | None]:
        """The identity as it travels."""
        return {
            "uid": self.identity.uid if self.identity else None,
            "gid": self.identity.gid if self.identity else None,
        }


class Process(Protocol):
    """A running process, as `subprocess.Popen` is one."""

    @property
    def pid(self) -> int:
        """Its number here."""
        ...

    def kill(self) -> None:
        """Kill it."""
        ...

    def wait(self, timeout: float | None = None) -> object:
        """Wait until it has ended, or raise `subprocess.TimeoutExpired`."""
        ...

    def close(self) -> None:
        """Forget it."""
        ...


class Executed(subprocess.Popen[bytes]):
    """A process of ours that runs a module from its start."""

    def __init__(self, module: str, home: Path, line: int, log: IO[bytes]) -> None:
        super().__init__(
            [sys.executable, "-P", "-s", "-m", module, str(line)],
            pass_fds=(line,),
            env=_environment(home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )

    def close(self) -> None:
        """Nothing is held of it."""


def executed(module: str, home: Path) -> Partner:
    """Start a process that runs a module from its start, in a folder of its own."""
    ours, theirs = pair()
    log = home.parent / f"{home.name}.log"
    with theirs, log.open("wb") as file:
        return Partner(ours, Executed(module, home, theirs.fileno(), file), log)


class Partner:
    """A process of ours, spoken with over one socket. Its last words to people are in its log."""

    def __init__(self, channel: Channel, process: Process, log: Path) -> None:
        self.channel = channel
        self._process = process
        self._log = log
        self._ended = False

    def ready(self) -> dict[str, Any]:
        """Wait until it is ready, and return what it says of itself; raise `SandboxRefused` if it can't be."""
        try:
            header = self.channel.receive(time.monotonic() + START_SECONDS).header
        except (PartnerGone, OutOfTime):
            self.end()
            words = self.last_words() or "Run `gradesmith doctor`."
            raise SandboxRefused("a grading process did not start", words) from None
        if header["event"] == "refused":
            self.end()
            raise refusal(header)
        return header

    def last_words(self) -> str:
        """What it said to people at last."""
        return last_words(self._log)

    def listen(self) -> Frame:
        """Read its next message, or raise `Lost`."""
        try:
            return self.channel.receive(time.monotonic() + FRAME_SECONDS)
        except (PartnerGone, OutOfTime) as error:
            raise Lost from error

    def tell(self, header: dict[str, Any], *descriptors: int) -> None:
        """Send it a message, or raise `Lost`."""
        try:
            self.channel.send(header, descriptors=descriptors, deadline=time.monotonic() + FRAME_SECONDS)
        except (PartnerGone, OutOfTime) as error:
            raise Lost from error

    def end(self) -> None:
        """Hang up and see it end; may be called twice."""
        if self._ended:
            return
        self._ended = True
        self.channel.close()
        try:
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.close()


def last_words(log: Path) -> str:
    """The end of what a process of ours has written for people."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:])


def refusal(header: dict[str, Any]) -> SandboxRefused:
    """What a process of ours says when it can't be."""
    return SandboxRefused(header["why"], header.get("remedy", ""))


def _environment(home: Path) -> dict[str, str]:
    """The scrubbed variables, but compiled files may be kept: only the first start after an installation compiles."""
    variables = scrubbed_environment(str(home))
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def speaking(channels: list[Channel], seconds: float) -> list[Channel]:
    """Wait until some of the channels have something to read."""
    poll = select.poll()
    for channel in channels:
        poll.register(channel, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll(max(seconds, 0) * 1000)}
    return [channel for channel in channels if channel.fileno() in ready]
