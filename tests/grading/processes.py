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


def named(processes: Iterable[Process], role: str) -> list[Process]:
    """Return those that live in a role, as a zygote or as a Python module, without the children they forked."""
    return [one for one in processes if role_of(one.pid) == role and role_of(parent(one.pid)) != role]


def role_of(pid: int) -> str:
    """The role that a process was forked for, or the module of ours that it runs."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text(errors="replace").strip()
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    if name.startswith("gs-"):
        return name.removeprefix("gs-")
    return next((word for word in words if word.startswith("gradesmith.")), "")


def parent(pid: int) -> int:
    found = facts(pid)
    return int(found[1]) if len(found) > 1 else 0


def gone(processes: Iterable[Process], seconds: float) -> bool:
    """Wait until all of them have ended; return whether they have."""
    left, deadline = list(processes), time.monotonic() + seconds
    while (left := [one for one in left if one.alive]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not left
