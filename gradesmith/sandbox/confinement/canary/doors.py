"""Acts on the kernel itself: shared memory, key rings, and calls whose history is one of holes."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from typing import Final

from gradesmith.sandbox.confinement.canary.acts import Act, Scene
from gradesmith.sandbox.confinement.kernel import CLONE_NEWUSER, Argument, call, machine
from gradesmith.sandbox.confinement.policy import Layer
from gradesmith.sandbox.confinement.syscalls import Machine

_IPC_PRIVATE, _IPC_CREATE, _IPC_REMOVE = 0, 0o1000 | 0o600, 0
_GET_KEYRING, _SESSION_KEYRING = 0, -3
_USER_FAULTS_ONLY: Final = 1
_QUERY_PERSONALITY: Final = 0xFFFFFFFF


def _door(name: str, *arguments: Argument) -> Act:
    """An act that is one call; that the kernel answers it at all is what must not be."""

    def run(_: Scene) -> str:
        return f"answered {call(name, *arguments)}"

    return Act(name=f"call {name}", layer=Layer.SECCOMP, run=run)


def _shared_memory(_: Scene) -> str:
    segment = call("shmget", _IPC_PRIVATE, mmap.PAGESIZE, _IPC_CREATE)
    call("shmctl", segment, _IPC_REMOVE, None)
    return "made a segment"


def _message_queue(_: Scene) -> str:
    queue = call("msgget", _IPC_PRIVATE, _IPC_CREATE)
    call("msgctl", queue, _IPC_REMOVE, None)
    return "made a queue"


def _semaphores(_: Scene) -> str:
    semaphores = call("semget", _IPC_PRIVATE, 1, _IPC_CREATE)
    call("semctl", semaphores, 0, _IPC_REMOVE, 0)
    return "made semaphores"


def _io_uring(_: Scene) -> str:
    os.close(call("io_uring_setup", 1, bytes(bytearray(120))))
    return "has a ring of calls that no filter sees"


def _user_faults(_: Scene) -> str:
    os.close(call("userfaultfd", _USER_FAULTS_ONLY))
    return "answers its own page faults"


def _foreign_call(_: Scene) -> str:
    """``mov eax, 20; int 0x80; ret``: getpid by the 32-bit numbers, where 11 would be execve."""
    if machine() is not Machine.X86_64 or sys.platform != "linux":
        return ""
    code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    where = ctypes.addressof(ctypes.c_char.from_buffer(code))
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(where)()
    return f"a 32-bit call answered {answer}" if answer > 0 else ""


ACTS = (
    Act(name="share memory (System V)", layer=Layer.SECCOMP, run=_shared_memory),
    Act(name="queue messages (System V)", layer=Layer.SECCOMP, run=_message_queue),
    Act(name="share semaphores (System V)", layer=Layer.SECCOMP, run=_semaphores),
    _door("keyctl", _GET_KEYRING, _SESSION_KEYRING, 1),
    _door("add_key", b"user\0", b"gradesmith-canary\0", b"x", 1, _SESSION_KEYRING),
    Act(name="make a ring of calls (io_uring)", layer=Layer.SECCOMP, run=_io_uring, backed=True),
    Act(name="answer page faults (userfaultfd)", layer=Layer.SECCOMP, run=_user_faults),
    _door("personality", _QUERY_PERSONALITY),
    _door("unshare", CLONE_NEWUSER),
    Act(name="make a 32-bit call", layer=Layer.SECCOMP, run=_foreign_call, deadly=True),
)
