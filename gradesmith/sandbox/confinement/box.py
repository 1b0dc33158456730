"""Measure what a child has put into its box, without being led out of it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import Final

_MOST_ENTRIES: Final = 100_000
_DEEPEST: Final = 60
_BLOCK: Final = 512


@dataclass(frozen=True, slots=True)
class BoxSize:
    """Bytes taken on the disk, and the number of files, folders and links."""

    bytes: int
    entries: int


def measure_box(folder: str, *, most_entries: int = _MOST_ENTRIES) -> BoxSize:
    """Measure a box that its owner may be changing: links are counted, never followed, and what vanishes is skipped.

    Stops at ``most_entries``, which is more than any box may hold, and says that many when folders lie deeper in one
    another than anybody needs (following them would cost us a descriptor each), or when one may be written but not
    listed: that is for filling it unseen. A file that is open or mapped but has no name any more can't be seen from
    here: a `Room` sees to those, where it can be had.
    """
    taken = entries = 0
    for path, folders, files, place in os.fwalk(folder, follow_symlinks=False):
        if path.count(os.sep) - folder.count(os.sep) > _DEEPEST:
            return BoxSize(taken, most_entries)
        for name in (*folders, *files):
            entries += 1
            try:
                found = os.stat(name, dir_fd=place, follow_symlinks=False)
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(found.st_mode) and found.st_mode & 0o600 == 0o200:
                return BoxSize(taken, most_entries)
            taken += found.st_blocks * _BLOCK
        if entries >= most_entries:
            break
    return BoxSize(taken, entries)
