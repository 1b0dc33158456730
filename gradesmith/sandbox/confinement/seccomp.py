"""Load the system call filter into this process; irrevocable, and inherited by everything it starts."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache, partial
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.bpf import ASK, KILL_PROCESS, assemble, blocks_of, errno_verdict
from gradesmith.sandbox.confinement.calls import asking_of_files, rules, rules_of_its_own
from gradesmith.sandbox.confinement.kernel import call, machine
from gradesmith.sandbox.confinement.syscalls import Machine
from gradesmith.sandbox.confinement.witness import hand_over

_SET_MODE_FILTER: Final = 1
_GET_ACTION_AVAILABLE: Final = 2
_NEW_LISTENER: Final = 8
_X32_CALLS_FROM: Final = 0x40000000
_INSTRUCTION_BYTES: Final = 8


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def seccomp_available() -> bool:
    """Whether the kernel takes filters that can kill, on a processor whose calls we know."""
    if machine() is None:
        return False
    return _takes(KILL_PROCESS)


def _takes(verdict: int) -> bool:
    try:
        call("seccomp", _GET_ACTION_AVAILABLE, 0, verdict.to_bytes(4, "little"))
    except OSError:
        return False
    return True


def filter_calls(*, landlock_abi: int, processes: bool, witness: int = -1, memory: int = -1) -> None:
    """Leave this process the calls that ``calls.py`` lists. Needs ``no_new_privs``.

    ``landlock_abi`` is what Landlock reached here: what it can't stop, the filter must. ``witness`` is the child's end
    of a `Witness` that is to count what is refused; it is closed, and told nothing where the kernel can't ask it.
    ``memory`` opens this process's own memory, in which the witness is to read which files Landlock is asked for; it is
    closed as well. Raises ``SandboxRefused`` where the kernel or the processor can't filter.
    """
    here = machine()
    if here is None or not seccomp_available():
        raise SandboxRefused(
            f"system calls can't be filtered here ({os.uname().sysname} on {os.uname().machine})",
            "Use 64-bit Linux on x86-64 or ARM, in a container that leaves seccomp to programs.",
        )
    chosen = partial(_blocks, here, landlock_abi=landlock_abi, processes=processes)
    listener = _listened(here, chosen(telling=ASK, files=memory >= 0)) if witness >= 0 and _takes(ASK) else -1
    if listener >= 0:
        hand_over([one for one in (listener, memory) if one >= 0], witness)
        return
    for descriptor in (witness, memory):
        if descriptor >= 0:
            os.close(descriptor)
    _load(here, chosen(telling=errno_verdict(errno.EPERM), files=False), 0)


def foresee_filters(landlock_abi: int) -> None:
    """Assemble what all filters have in common, so that no child that is forked from here need do so."""
    here = machine()
    if here is not None:
        for processes in (False, True):
            _common_blocks(here, landlock_abi, processes, ASK, landlock_abi > 0)


@cache
def _common_blocks(here: Machine, landlock_abi: int, processes: bool, telling: int, files: bool) -> bytes:  # noqa: FBT001 - of a key
    chosen = rules(here, landlock_abi=landlock_abi, processes=processes, telling=telling)
    return blocks_of(asking_of_files(here, chosen) if files else chosen)


def _blocks(here: Machine, *, landlock_abi: int, processes: bool, telling: int, files: bool) -> bytes:
    own = rules_of_its_own(here, own_pid=os.getpid(), landlock_abi=landlock_abi, processes=processes, telling=telling)
    return _common_blocks(here, landlock_abi, processes, telling, files) + blocks_of(own)


def _listened(here: Machine, blocks: bytes) -> int:
    """Load a filter and return its listener; -1, and nothing is loaded, where another has a listener already."""
    try:
        return _load(here, blocks, _NEW_LISTENER)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        return -1


def _load(here: Machine, blocks: bytes, flags: int) -> int:
    foreign = _X32_CALLS_FROM if here is Machine.X86_64 else None
    code = assemble(here.value, foreign, blocks, errno_verdict(errno.ENOSYS))
    return call("seccomp", _SET_MODE_FILTER, flags, _Program(len(code) // _INSTRUCTION_BYTES, code))
