"""Optional: take the zygote, and so all its children, out of the machine's network, IPC objects and file systems.

A second wall behind seccomp, entered once around the zygote, as it costs tens of milliseconds. Root may simply enter;
an ordinary user needs a user namespace to do so, which Ubuntu 24.04, Docker and hardened kernels deny. Then things
stay as they are: the walls that must hold are those of ``confine``. Not here: a process namespace, in which the zygote
would have to be the first process and adopt orphans, and covers over closed folders (``mounts.py``).
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.forked import ask_child
from gradesmith.sandbox.confinement.kernel import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWUSER,
    call,
    drop_capabilities,
)
from gradesmith.sandbox.confinement.room import Room, mount_room

_NOTHING: Final[frozenset[str]] = frozenset()


def enter_namespaces(room: Room | None = None) -> frozenset[str]:
    """Leave the machine's network and IPC objects if we may, and say what was left: ``net``, ``ipc``, ``user``.

    With a ``room`` also cover it with a file system of its own: ``disk``, where even that is granted.

    Call it in a process with one thread, before ``drop_privileges`` and before ``make_undumpable`` (which closes the
    files that map the user). Sockets that are open stay so. Where it is denied, nothing changes and nothing is named.
    """
    for wanted in dict.fromkeys((room, None)):
        try:
            # A user namespace may be granted and its mapping denied, and there is no way out of one: let a child try.
            ask_child(partial(_enter, wanted))
        except SandboxRefused:
            continue
        return frozenset(_enter(wanted).split())
    return _NOTHING


def _enter(room: Room | None) -> str:
    uid, gid = os.geteuid(), os.getegid()
    namespaces = CLONE_NEWNET | CLONE_NEWIPC | (CLONE_NEWNS if room else 0)
    if uid == 0:
        call("unshare", namespaces)
        return f"net ipc{_covered(room)}"
    call("unshare", CLONE_NEWUSER | namespaces)
    for file, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        Path("/proc/self", file).write_text(content, encoding="ascii")
    covered = _covered(room)
    drop_capabilities()  # entering a user namespace gave us all of them, within it
    return f"net ipc user{covered}"


def _covered(room: Room | None) -> str:
    if room is None:
        return ""
    mount_room(room)
    return " disk"
