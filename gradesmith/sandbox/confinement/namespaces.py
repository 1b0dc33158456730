"""Optional: take the zygote, and so all its children, out of the machine's network, processes, messages and mounts.

A second wall behind seccomp, entered once around the zygote, as it costs tens of milliseconds. Root may simply enter;
an ordinary user needs a user namespace to do so, which Ubuntu 24.04, Docker and hardened kernels deny. Then things
stay as they are: the walls that must hold are those of ``confine``. Not here: covers over closed folders
(``mounts.py``).

A namespace of processes begins with the next fork, so the zygote goes on in a child: as process 1, which adopts all
orphans, which no signal from within can end, and with which all others end. ``/proc`` shows it and its children alone.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.forked import ask_child
from gradesmith.sandbox.confinement.kernel import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    call,
    drop_capabilities,
    make_dumpable,
)
from gradesmith.sandbox.confinement.room import Room, mount_room

_NOTHING: Final[frozenset[str]] = frozenset()
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 16384, 1 << 18

Leave = Callable[[int], NoReturn]


def enter_namespaces(room: Room | None = None) -> frozenset[str]:
    """Leave the machine's network, messages and processes if we may, and say what was left: ``net ipc user pid``.

    With a ``room`` also cover it with a file system of its own: ``disk``. Of processes and disk, what is denied is left
    out. Where the processes are left (``pid``), it is a child that returns, and this process ends.

    Call it in a process with one thread, before ``drop_privileges`` and before ``make_undumpable`` (which closes the
    files that map the user). Sockets that are open stay so. Where all is denied, nothing changes and nothing is named.
    """
    for wanted in dict.fromkeys(((room, True), (room, False), (None, False))):
        try:
            # A user namespace may be granted and its mapping denied, and there is no way out of one: let a child try.
            ask_child(partial(_enter, *wanted, _end_as_it_ends))
        except SandboxRefused:
            continue
        return frozenset(_enter(*wanted, _end).split())
    return _NOTHING


def _end(_child: int) -> NoReturn:
    os._exit(0)


def _end_as_it_ends(child: int) -> NoReturn:
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _enter(room: Room | None, processes: bool, leave: Leave) -> str:  # noqa: FBT001 - of a wish
    uid, gid = os.geteuid(), os.getegid()
    mounts = processes or room is not None
    wanted = CLONE_NEWNET | CLONE_NEWIPC | (CLONE_NEWNS if mounts else 0) | (CLONE_NEWPID if processes else 0)
    if uid != 0:
        make_dumpable()
        call("unshare", CLONE_NEWUSER | wanted)
        for file, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            Path("/proc/self", file).write_text(content, encoding="ascii")
    else:
        call("unshare", wanted)
    if processes:
        _become_first(leave)
    if mounts:
        _mount(b"/", b"", _MS_REC | _MS_PRIVATE)
    if processes:
        _see_own_processes()
    if room is not None:
        mount_room(room)
    if uid != 0:
        drop_capabilities()  # entering a user namespace gave us all of them, within it
    names = {"user": uid != 0, "pid": processes, "disk": room is not None}
    return " ".join(["net", "ipc", *(name for name, left in names.items() if left)])


def _become_first(leave: Leave) -> None:
    child = os.fork()
    if child:
        leave(child)


def _see_own_processes() -> None:
    """Put the namespace's own ``/proc`` over the machine's; raise ``OSError`` where others can be seen all the same."""
    _mount(b"/proc", b"proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    seen = [name for name in os.listdir("/proc") if name.isdecimal()]  # noqa: PTH208 - names are all that is wanted
    if os.getpid() != 1 or seen != ["1"]:
        raise OSError(errno.EBUSY, "/proc shows others' processes")


def _mount(place: bytes, kind: bytes, flags: int) -> None:
    call("mount", b"none", place, kind, flags, None)
