"""Runs the attacks that are filed under a layer, without that layer, and prints which got through, as JSON.

Usage: layers.py FOLDER     (FOLDER is the caller's; the attacks' own traces are removed)
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from gradesmith.sandbox.confinement import ALL_LAYERS, Layer
from gradesmith.sandbox.engine import Engine
from tests.hostile.arena import Arena, library, shown
from tests.hostile.cases import CASES, LAYERS, THROUGH
from tests.hostile.surroundings import MARK, PLACES

KEY = 0x5EC4E7  # of what an attack makes in the kernel
REMOVE = 0


def tidy() -> None:
    """Remove what an attack has left after all."""
    for place in PLACES:
        for entry in os.scandir(place) if os.access(place, os.R_OK) else ():
            if MARK in entry.name:
                os.unlink(entry.path)
    libc = ctypes.CDLL(None, use_errno=True)
    for found, remove in (
        (libc.shmget(KEY, 0, 0), lambda number: libc.shmctl(number, REMOVE, None)),
        (libc.msgget(KEY, 0), lambda number: libc.msgctl(number, REMOVE, None)),
    ):
        if found >= 0:
            remove(found)


def through(layers: frozenset[Layer], slot: int, needs: str) -> list[str]:
    """Run the attacks with these layers only."""
    found = []
    with Engine(library(), slot=slot, layers=layers) as engine:
        for case in CASES:
            if case.needs == needs and THROUGH in shown(Arena(engine).run(case)):
                found.append(case.name)
            tidy()
    return found


def main() -> None:
    os.chdir(sys.argv[1])
    results = {name: through(ALL_LAYERS - {Layer(name)}, 1100 + os.getpid() % 1000, name) for name in LAYERS}
    json.dump({"uid": os.geteuid(), "through": results}, sys.stdout)


if __name__ == "__main__":
    main()
