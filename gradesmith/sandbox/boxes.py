"""Boxes: the private folders in which children work, made, filled and removed without being led elsewhere."""

from __future__ import annotations

import base64
import itertools
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gradesmith.sandbox.partners import Station

if TYPE_CHECKING:  # the zygote empties boxes, and loads nothing of the model
    from gradesmith.model.questions import DataFile

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def make_box(station: Station, name: str, files: Iterable[DataFile]) -> Path:
    """Make a box with the given files in it."""
    box = station.place(name)
    for file in files:
        path = box / file.name
        if Path(file.name).is_absolute() or ".." in Path(file.name).parts:
            raise ValueError(f"a data file can't be called {file.name!r}")
        for folder in reversed(path.relative_to(box).parents[:-1]):
            (box / folder).mkdir(exist_ok=True)
            _give(station, box / folder)
        path.write_bytes(base64.b64decode(file.content))
        _give(station, path)
    return box


def _give(station: Station, path: Path) -> None:
    if station.identity is not None:
        os.chown(path, station.identity.uid, station.identity.gid, follow_symlinks=False)


def remove_box(box: Path) -> None:
    """Remove a box whose child has ended, with all that is in it."""
    empty_box(box)
    box.rmdir()


def empty_box(box: Path) -> None:
    """Empty a box whose child has ended, however deep it is; links are removed, never followed.

    Folders within are emptied by moving what they hold to the top, so that depth costs neither stack nor descriptors.
    """
    top = os.open(box, FOLDER)
    fresh = (f"lifted-{secrets.token_hex(8)}-{number}" for number in itertools.count())
    try:
        while entries := os.listdir(top):  # noqa: PTH208 - of a descriptor, so that nobody can lead it elsewhere
            for name in entries:
                _remove(top, name, fresh)
    finally:
        os.close(top)


def _remove(top: int, name: str, fresh: Iterator[str]) -> None:
    """Remove an entry, or lift what a folder holds to the top under fresh names and remove the folder."""
    if not _open_up(top, name):
        os.unlink(name, dir_fd=top)
        return
    inner = os.open(name, FOLDER, dir_fd=top)
    try:
        for held in os.listdir(inner):  # noqa: PTH208
            _open_up(inner, held)
            os.rename(held, next(fresh), src_dir_fd=inner, dst_dir_fd=top)
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=top)


def _open_up(place: int, name: str) -> bool:
    """Whether an entry is a folder; if so, its owner may now change it. A link put in its place now is not followed."""
    handle = os.open(name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place)
    try:
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        if folder:
            Path(f"/proc/self/fd/{handle}").chmod(0o700)
    finally:
        os.close(handle)
    return folder
