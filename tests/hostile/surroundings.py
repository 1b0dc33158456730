"""What stands around a submission: processes, files, descriptors. It must be after a run what it was before."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "hostile-corpus"  # stands in the name of every file that an attack of the corpus plants
PLACES = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", ".", "..")


@dataclass(frozen=True)
class Surroundings:
    """Names only, so that two of them compare well and read well when they differ."""

    processes: tuple[str, ...]
    files: tuple[str, ...]
    descriptors: tuple[str, ...]
    shared_memory: str


def look(uid: int, zygote: int, *homes: Path) -> Surroundings:
    """Look around: ``uid`` is whom student code runs as, ``homes`` are folders of ours that are watched entirely.

    What the kernel keeps in memory is looked at as the zygote sees it, which may have IPC objects of its own.
    """
    return Surroundings(
        processes=tuple(sorted(_processes(uid))),
        files=tuple(sorted({*_planted(uid), *_within(homes), *_among_libraries()})),
        descriptors=tuple(sorted(os.listdir("/proc/self/fd"))),
        shared_memory="\n".join(segments(uid, zygote)),
    )


def _processes(uid: int) -> Iterator[str]:
    """The descendants of this process, and orphans: of student code's user, or that were a process of ours."""
    parents: dict[int, tuple[int, int, str]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                state = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
                command = Path(entry.path, "cmdline").read_bytes().replace(b"\0", b" ").decode()
                parents[int(entry.name)] = (int(state[1]), entry.stat().st_uid, command)
            except OSError:
                continue
    own = {os.getpid()}
    while more := {one for one, (parent, *_) in parents.items() if parent in own} - own:
        own |= more
    for number, (parent, owner, command) in parents.items():
        orphan = parent == 1 and owner == uid and (uid != os.getuid() or "gradesmith.sandbox" in command)
        if number != os.getpid() and (number in own or orphan):
            yield command.split(" -m ")[-1].split(" ")[0]


def _planted(uid: int) -> Iterator[str]:
    for place in PLACES:
        for entry in _listed(place):
            try:
                theirs = entry.stat(follow_symlinks=False).st_uid == uid != os.getuid()
            except OSError:
                continue
            if theirs or MARK in entry.name:
                yield entry.path


def _within(homes: tuple[Path, ...]) -> Iterator[str]:
    for home in homes:
        yield from (str(one) for one in home.rglob("*") if "__pycache__" not in one.parts)


def _among_libraries() -> Iterator[str]:
    import numpy

    package = Path(numpy.__file__).parent
    for place in (package, package.parent):
        yield from (entry.path for entry in _listed(str(place)) if MARK in entry.name)
    written = (package / "__init__.py").stat()
    yield f"numpy {written.st_size} {written.st_mtime_ns}"


def _listed(place: str) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(place))
    except OSError:
        return []


def segments(uid: int, within: int) -> Iterator[str]:
    """System V segments, queues and semaphores of a user, as a process sees them.

    Only root may look from within a process that is closed to its own user; others see what the machine has.
    """
    entered = ["nsenter", f"--ipc=/proc/{within}/ns/ipc"] if os.geteuid() == 0 else []
    for kind in ("shm", "msg", "sem"):
        command = [*entered, "cat", f"/proc/sysvipc/{kind}"]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        position = lines[0].split().index("uid")
        yield from (line for line in lines[1:] if line.split()[position] == str(uid))
