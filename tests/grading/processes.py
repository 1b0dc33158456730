"""Who descends from whom, and what is left: read from /proc, as any user may."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """A process, told from a later one with the same number by when it began."""

    pid: int
    began: int

    @property
    def alive(self) -> bool:
        return facts(self.pid)[:1] not in {("",), ("Z",)} and began(self.pid) == self.began


def facts(pid: int) -> tuple[str, ...]:
    """Return the fields of /proc/PID/stat from the state on; one empty text if there is no such process."""
    try:
        return tuple(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split())
    except OSError:
        return ("",)


def began(pid: int) -> int:
    found = facts(pid)
    return int(found[19]) if len(found) > 19 else 0


def descendants(pid: int) -> list[Process]:
    """Return the children of a process, their children, and so on."""
    parents = {int(path.name): facts(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found, generation = [], [pid]
    while generation:
        generation = [one for one, known in parents.items() if len(known) > 1 and int(known[1]) in generation]
        found += [Process(one, began(one)) for one in generation]
    return found


def named(processes: Iterable[Process], module: str) -> list[Process]:
    """Return those that were started as a Python module, without the children they forked."""
    return [one for one in processes if module in command(one.pid) and module not in command(parent(one.pid))]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def parent(pid: int) -> int:
    found = facts(pid)
    return int(found[1]) if len(found) > 1 else 0


def gone(processes: Iterable[Process], seconds: float) -> bool:
    """Wait until all of them have ended; return whether they have."""
    left, deadline = list(processes), time.monotonic() + seconds
    while (left := [one for one in left if one.alive]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not left
