"""Which of the paths that a child asks for lead to what is neither its own nor the system's.

Landlock refuses such paths, and tells nobody. So the filter asks about each call that names a file, too (see
`witness`), and the answer is always that the kernel may go on: what is found here decides nothing, it is only counted.
That is why it does no harm that a path may have changed by the time the kernel reads it.

A place counts as it really is, behind links and ``..``, from the folder that the child was last seen to enter. It
counts only if it exists, for libraries look for much that does not. The system's own folders hold nobody's work, and
libraries look into them of their own accord, so they do not count either.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from gradesmith.sandbox.confinement.environment import readable_roots

_SYSTEM: Final = ("/bin/", "/dev/", "/etc/", "/lib/", "/lib32/", "/lib64/", "/run/", "/sbin/", "/sys/", "/usr/")
_MACHINE: Final = re.compile(r"/proc(?!/[0-9])")  # what is not about some process
_ITSELF: Final = re.compile(r"/+proc/+(?:self|thread-self|mounts|net)(?=/|$)")  # and links to what is in it
_WHOLE_TREE: Final = re.compile(r"/+proc/+(?:self|thread-self)/+root(?=/)")
_SOMETHING: Final = "…"  # for a name that does not exist: it would be the student's own words
_LONGEST: Final = 120
_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Ground:
    """What every child may ask for without being noted: ``free`` folders, ending in ``/``, and ``known`` places."""

    free: tuple[str, ...]
    known: frozenset[str]


@cache
def surveyed() -> Ground:
    """Look at what children may read, and at what this process has loaded. To be called first in the one that loads.

    Its home is free, since libraries have found their own folders there when they were loaded. Known are, as far as
    they lie elsewhere, the folders in which Python looks for modules, which an import lists, and the files of modules,
    which a traceback quotes.
    """
    home = os.path.expanduser("~")  # noqa: PTH111 - plain strings all along
    roots = [home, *(root for root in readable_roots() if not root.startswith("/proc/"))]
    free = tuple(dict.fromkeys(f"{path}/" for root in roots for path in (root, os.path.realpath(root))))
    modules = [vars(module).get("__file__") for module in sys.modules.values() if isinstance(module, ModuleType)]
    apart = (path for path in (*sys.path, *modules) if path and not path.startswith(free))
    return Ground((*free, *_SYSTEM), frozenset(map(os.path.realpath, apart)))


class Reach:
    """Follows one child through the file system: ``process`` is its number, ``own`` its folder."""

    def __init__(self, ground: Ground, own: str, process: int) -> None:
        self._here = os.path.realpath(own)
        self._process = f"/proc/{process}/"
        self._free = ground.free
        self._ours = (f"{self._here}/", self._process, *ground.free)
        # Notebooks append "../.." to sys.path, and then each import lists it
        self._known = ground.known | set(map(str, Path(self._here).parents))

    def is_of(self, thread: int) -> bool:
        """Whether a thread is the child's own, and not of a further process that it started."""
        return os.path.isdir(f"{self._process}task/{thread}")  # noqa: PTH112

    def enter(self, path: str) -> None:
        """Take note that the child asks to go to a folder."""
        place = self._found(path, follow=True, create=False)
        if place is not None and os.path.isdir(place) and os.access(place, os.X_OK):  # noqa: PTH112
            self._here = place

    def beyond(self, path: str, *, follow: bool, create: bool) -> str | None:
        """Return where a path leads, as printable text; ``None`` if it leads nowhere, to the child's, or the system's.

        ``follow``: its last part may be a link. ``create``: it may be a new name in a folder that exists.
        """
        if path.startswith(self._free) and "/.." not in path:  # the links there are not the child's
            return None
        place = self._found(path, follow=follow, create=create)
        if place is None or place in self._known or _MACHINE.match(place):
            return None
        return None if f"{place}/".startswith(self._ours) else _printable(place)

    def _found(self, path: str, *, follow: bool, create: bool) -> str | None:
        """Return the place, if it exists and is not the child's own process."""
        full = _WHOLE_TREE.sub("", os.path.join(self._here, path), count=1)  # noqa: PTH118
        if _ITSELF.match(full):
            return None
        try:
            return _place(full, follow=follow)
        except PermissionError:
            return _closed(full)
        except OSError:
            folder = self._found(os.path.dirname(full), follow=True, create=False) if create else None  # noqa: PTH120
            return None if folder is None else os.path.join(folder, _SOMETHING)  # noqa: PTH118


def _place(path: str, *, follow: bool) -> str:
    """Return where the kernel finds a path. Raises ``OSError``."""
    place = os.open(path, os.O_PATH | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW))
    try:
        return os.readlink(f"/proc/self/fd/{place}")  # noqa: PTH115
    finally:
        os.close(place)


def _closed(path: str) -> str:
    """Return the first folder on the way that is closed to this user, or the path where a link leads to one."""
    folder = "/"
    for part in path.split("/")[:_DEEPEST]:
        folder = os.path.join(folder, part)  # noqa: PTH118
        if not os.access(folder, os.X_OK):
            return folder
    return path


def _printable(place: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in place)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}{_SOMETHING}"
