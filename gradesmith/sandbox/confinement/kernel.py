"""Raw system calls and the process controls (prctl) that confinement is made of.

Everything goes through the C library's ``syscall`` by ``ctypes``: nothing to compile, nothing to install. A call that
the kernel refuses raises ``OSError`` with its errno.
"""

from __future__ import annotations

import ctypes
import os
import struct
from functools import cache
from pathlib import Path
from typing import Final

from gradesmith.sandbox.confinement.syscalls import Machine, number

_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_NAME: Final = 15
PR_SET_KEEPCAPS: Final = 8
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_GET_NO_NEW_PRIVS: Final = 39
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
CLONE_NEWNS: Final = 0x00020000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000
_CAPABILITY_VERSION_3: Final = 0x20080522

Argument = int | bytes | ctypes.Structure | ctypes.Array[ctypes.c_char] | None


@cache
def machine() -> Machine | None:
    """The system call table this process uses; ``None`` where we know none (32-bit, other processors)."""
    if struct.calcsize("P") != 8:
        return None
    return Machine.named(os.uname().machine)


def call(name: str, *arguments: Argument) -> int:
    """Make one system call by name; integers go as longs, structures by reference.

    Raises ``OSError``; with ``ENOSYS`` also where this processor has no such call.
    """
    here = machine()
    wanted = number(name, here) if here is not None else None
    # -1 is no system call: the kernel itself answers ENOSYS.
    result = int(_LIBC.syscall(ctypes.c_long(-1 if wanted is None else wanted), *map(_as_word, arguments)))
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def _as_word(argument: Argument) -> object:
    if argument is None:
        return ctypes.c_void_p(None)
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    if isinstance(argument, ctypes.Structure):
        return ctypes.byref(argument)
    return argument


def prctl(option: int, *arguments: Argument) -> int:
    """``prctl(2)`` with its unused arguments zero, as the kernel demands of most options."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return call("prctl", option, *padded)


def make_undumpable() -> None:
    """Close this process's memory, environment and descriptors to others of the same user, and forbid core files.

    Inherited over fork; the kernel undoes it on exec.
    """
    prctl(PR_SET_DUMPABLE, 0)


def make_dumpable() -> None:
    """Open them again to others of the same user, among whom is oneself by way of ``/proc``."""
    prctl(PR_SET_DUMPABLE, 1)


def own_memory() -> int:
    """Open this process's memory for reading, for whoever is given the descriptor; -1 where that is denied.

    It is closed to others all the same, and stays so: only for the moment of opening it is ours by its owner.
    """
    make_dumpable()
    try:
        return os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1
    finally:
        make_undumpable()


def call_process(name: str) -> None:
    """Give this process a name for lists of processes, of at most 15 bytes. Inherited over fork."""
    prctl(PR_SET_NAME, name.encode())


def die_with_parent(signal: int) -> None:
    """Be sent ``signal`` when the thread that forked us ends. A change of user clears it: call it after that."""
    prctl(PR_SET_PDEATHSIG, signal)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that it can be waited for. Not inherited."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def forbid_new_privileges() -> None:
    """Make set-user-id and file capabilities void for this process and all it ever starts; irrevocable."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Empty every capability set, the bounding set as far as we may."""
    if int(status_field("CapEff"), 16):
        empty_bounding_set()
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0))  # the kernel may write to it
    call("capset", header, bytes(24))


def empty_bounding_set() -> None:
    """Give up for ever what a later exec could grant; for that one must still hold CAP_SETPCAP."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text(encoding="ascii"))
    for capability in range(last + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except PermissionError:  # without CAP_SETPCAP; no_new_privs makes the bounding set idle anyway
            return


def status_field(name: str) -> str:
    """One field of ``/proc/self/status``, as the kernel writes it. Raises ``KeyError``."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        field, _, value = line.partition(":")
        if field == name:
            return value.strip()
    raise KeyError(name)


def close_range(first: int, last: int) -> None:
    """Close the descriptors ``first`` to ``last``, both included."""
    if first > last:
        return
    try:
        call("close_range", first, last, 0)
    except OSError:  # before Linux 5.9
        os.closerange(first, min(last + 1, 1 << 20))
