"""Load the system call filter into this process; irrevocable, and inherited by everything it starts."""

from __future__ import annotations

import ctypes
import os
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.bpf import KILL_PROCESS, assemble, errno_verdict
from gradesmith.sandbox.confinement.calls import rules
from gradesmith.sandbox.confinement.kernel import call, machine
from gradesmith.sandbox.confinement.syscalls import Machine

_SET_MODE_FILTER: Final = 1
_GET_ACTION_AVAILABLE: Final = 2
_ENOSYS: Final = 38
_X32_CALLS_FROM: Final = 0x40000000
_INSTRUCTION_BYTES: Final = 8


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def seccomp_available() -> bool:
    """Whether the kernel takes filters that can kill, on a processor whose calls we know."""
    if machine() is None:
        return False
    try:
        call("seccomp", _GET_ACTION_AVAILABLE, 0, KILL_PROCESS.to_bytes(4, "little"))
    except OSError:
        return False
    return True


def filter_calls(*, landlock_abi: int, processes: bool) -> None:
    """Leave this process the calls that ``calls.py`` lists. Needs ``no_new_privs``.

    ``landlock_abi`` is what Landlock reached here: what it can't stop, the filter must. Raises ``SandboxRefused``
    where the kernel or the processor can't.
    """
    here = machine()
    if here is None or not seccomp_available():
        raise SandboxRefused(
            f"system calls can't be filtered here ({os.uname().sysname} on {os.uname().machine})",
            "Use 64-bit Linux on x86-64 or ARM, in a container that leaves seccomp to programs.",
        )
    chosen = rules(here, own_pid=os.getpid(), landlock_abi=landlock_abi, processes=processes)
    foreign = _X32_CALLS_FROM if here is Machine.X86_64 else None
    code = assemble(here.value, foreign, chosen, errno_verdict(_ENOSYS))
    call("seccomp", _SET_MODE_FILTER, 0, _Program(len(code) // _INSTRUCTION_BYTES, code))
