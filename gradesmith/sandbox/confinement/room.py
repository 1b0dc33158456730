"""A disk of its own for the one child of a zygote: memory, limited for real, which nobody else sees.

The same for shared memory, where the C library keeps the semaphores of processes that work together: ``SHARED`` is then
the zygote's own too, and counts as part of the disk.

Limits of a process bound one file each, and a file that is open or mapped but has no name any more can't be found by
looking through a folder. A file system of a fixed size bounds them all, and can be asked how full it is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gradesmith.sandbox.confinement.kernel import call

MOST_ENTRIES: Final = 5_000
SHARED: Final = "/dev/shm"  # noqa: S108 - not a file of ours: the name is the C library's
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An empty folder to be covered, whose it is to be, and how many megabytes it may hold."""

    path: str
    uid: int
    gid: int
    megabytes: int


def mount_room(room: Room) -> None:
    """Cover the folder and shared memory with empty file systems, in a mount namespace that is already apart.

    Raises ``OSError`` when that is denied.
    """
    options = f"size={room.megabytes}m,nr_inodes={MOST_ENTRIES},mode=0700,uid={room.uid},gid={room.gid}"
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    for place in places(room.path):
        call("mount", b"gradesmith", os.fsencode(place), b"tmpfs", flags, options.encode())


def places(path: str) -> tuple[str, ...]:
    """The folders that a room at this path covers: its own, and shared memory where the machine has any."""
    return tuple(place for place in (path, SHARED) if Path(place).is_dir())


def bytes_taken(path: str) -> int:
    """How many bytes are taken of a room and of shared memory, by whatever; all where no further file can be made."""
    return sum(map(_taken, places(path)))


def _taken(path: str) -> int:
    found = os.statvfs(path)
    left = found.f_bfree if found.f_ffree else 0
    return (found.f_blocks - left) * found.f_frsize
