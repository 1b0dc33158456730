"""Make the folders that a dropped user needs reachable, and hide what lies beside them.

An interpreter under ``/root``, or a course cloned into a folder of mode 0700, is closed to the user that a root grader
drops to. In a mount namespace of its own the zygote covers the closed folder with an empty read-only one, in which
only the needed folders appear, at the paths they always had::

    before                                in the zygote
    /root                 0700            /root                 0755, read-only, made here
    /root/.ssh            0700            (not there)
    /root/env             0755            /root/env             the same folder, read-only
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.forked import ask_child
from gradesmith.sandbox.confinement.identity import Identity, drop_privileges
from gradesmith.sandbox.confinement.kernel import CLONE_NEWNS, call

_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT = 1, 2, 4, 8, 32
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_MOST_LINKS: Final = 40


@dataclass(frozen=True, slots=True)
class Way:
    """How a path is reached: where it really is, and the symlinks met on the way with what they say."""

    real: str
    links: tuple[tuple[str, str], ...]


def prepare_zygote(identity: Identity, needed: tuple[str, ...]) -> None:
    """As root, before dropping: see to it that ``identity`` can reach and read the ``needed`` folders.

    Where it can already, nothing happens. Otherwise this process enters a mount namespace of its own and covers the
    closed ancestors; everything else under them disappears for it and its children, its working directory too if it
    was there. A folder that the zygote shall *write*, such as a box, must lie elsewhere. Raises ``SandboxRefused``,
    naming the closed folder and the remedy, when that is not possible, or does not help because the needed folder
    itself is closed.
    """
    ways = [_follow(path) for path in needed]
    closed = _closed_folders(identity, ways)
    if not closed:
        return
    # A cover shows the needed folders as they are: one that is closed itself would stay closed.
    _refuse_closed(identity, [way.real for way in ways if way.real in closed])
    try:
        _cover(closed, ways)
    except OSError as error:
        raise SandboxRefused(
            f"student code must run as user {identity.uid}, to whom {closed[0]} is closed; covering it failed: {error}",
            f"Let others pass through it (chmod o+x {closed[0]}), install the course and its environment elsewhere, "
            "or start the grader as an ordinary user.",
        ) from error
    _refuse_closed(identity, _closed_folders(identity, ways))


def _refuse_closed(identity: Identity, folders: list[str]) -> None:
    if folders:
        raise SandboxRefused(
            f"student code must run as user {identity.uid}, who may not read {', '.join(folders)}",
            f"Make it readable (chmod -R go+rX {folders[0]}), or start the grader as an ordinary user.",
        )


def _follow(path: str) -> Way:
    """Resolve a path link by link. Raises ``SandboxRefused`` for links that go round in circles."""
    links: list[tuple[str, str]] = []
    here, ahead = Path("/"), list(Path(os.path.abspath(path)).parts[1:])  # noqa: PTH100 -- resolve() follows links
    while ahead:
        name = ahead.pop(0)
        step = here.parent if name == ".." else here / name
        if not step.is_symlink():
            here = step
            continue
        target = step.readlink()
        links.append((str(step), str(target)))
        if len(links) > _MOST_LINKS:
            raise SandboxRefused(f"{path}: its symbolic links go round in circles", "Remove the link.")
        here = Path("/") if target.is_absolute() else here
        ahead = [part for part in target.parts if part != "/"] + ahead
    return Way(str(here), tuple(links))


def _closed_folders(identity: Identity, ways: Iterable[Way]) -> list[str]:
    """The topmost folders that shut ``identity`` out of a needed path. Tried by a child that becomes it."""
    places = [*dict.fromkeys([*(way.real for way in ways), *(at for way in ways for at, _ in way.links)])]

    def look() -> str:
        drop_privileges(identity)
        return "\n".join(dict.fromkeys(filter(None, map(_first_closed, places))))

    return ask_child(look).splitlines()


def _first_closed(path: str) -> str:
    """The first folder on the way to ``path`` that we can't pass, or ``path`` itself if we can't read it; else ''."""
    for ancestor in [*reversed(Path(path).parents)]:
        if not os.access(ancestor, os.X_OK):
            return str(ancestor)
    if os.path.islink(path):  # noqa: PTH114 -- plain strings all along
        return ""
    folder = os.R_OK | os.X_OK if os.path.isdir(path) else os.R_OK  # noqa: PTH112
    return "" if os.access(path, folder) else path


def _cover(closed: list[str], ways: list[Way]) -> None:
    """Enter a private mount namespace and lay the covers. Raises ``OSError``."""
    here = Path.cwd()
    call("unshare", CLONE_NEWNS)
    _mount("none", "/", "", _MS_REC | _MS_PRIVATE)
    # Opened before anything is covered, and after unshare: a bind mount takes only what is in its own namespace.
    inside = [way.real for way in ways if _topmost(way.real, closed)]
    kept = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in dict.fromkeys(inside)}
    # Whoever starts the grader may hide new files from others; the way to the libraries must be open to them.
    umask = os.umask(0o022)
    try:
        for folder in closed:
            _mount("tmpfs", folder, "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, "mode=0755,size=1m")
        for path, descriptor in sorted(kept.items()):  # parents before what lies in them
            _bind(path, descriptor)
        for at, target in dict.fromkeys(link for way in ways for link in way.links):
            if _topmost(at, closed) and not os.path.lexists(at):
                os.makedirs(Path(at).parent, mode=0o755, exist_ok=True)  # noqa: PTH103
                os.symlink(target, at)  # noqa: PTH211
        for folder in closed:
            _mount("none", folder, "", _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    finally:
        os.umask(umask)
        for descriptor in kept.values():
            os.close(descriptor)
    # A working directory that is now covered would go on showing what lies behind the cover.
    os.chdir(here if here.is_dir() else "/")


def _topmost(path: str, closed: Iterable[str]) -> bool:
    return any(Path(folder) in Path(path).parents for folder in closed)


def _bind(path: str, descriptor: int) -> None:
    place, source = Path(path), f"/proc/self/fd/{descriptor}"
    if os.path.lexists(path):  # it came along with a needed folder above it
        return
    place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if Path(source).is_dir():
        place.mkdir(mode=0o755)
    else:
        place.touch()
    _mount(source, path, "", _MS_BIND)
    _mount("none", path, "", _MS_REMOUNT | _MS_BIND | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    call("mount", source.encode(), os.fsencode(target), kind.encode(), flags, options.encode() or None)
