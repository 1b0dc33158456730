"""Acts on other processes, and attempts to become more than one."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
from pathlib import Path

from gradesmith.sandbox.confinement.canary.acts import Act, Scene
from gradesmith.sandbox.confinement.kernel import PR_SET_PDEATHSIG, call, prctl
from gradesmith.sandbox.confinement.policy import Layer

_PTRACE_SEIZE = 0x4206
_F_SETOWN = 8
_FIOSETOWN = 0x8901
_NUMBERS_TRIED = 2_000


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


def _in_proc(name: str) -> Act:
    def run(scene: Scene) -> str:
        descriptor = os.open(f"/proc/{scene.decoys.process}/{name}", os.O_RDONLY)
        os.close(descriptor)
        return "opened it"

    return Act(name=f"open another process's {name}", layer=Layer.LANDLOCK, run=run)


def _trace(scene: Scene) -> str:
    call("ptrace", _PTRACE_SEIZE, scene.decoys.process, 0, 0)
    return "traces it"


def _read_memory(scene: Scene) -> str:
    """The bystander was forked from our parent, so what is at an old object's address here is there too."""
    copy = ctypes.create_string_buffer(8)
    near, far = _Vector(ctypes.addressof(copy), 8), _Vector(id(None), 8)
    call("process_vm_readv", scene.decoys.process, near, 1, far, 1, 0)
    return "read its memory"


def _kill(scene: Scene) -> str:
    os.kill(scene.decoys.process, signal.SIGCONT)
    return "sent it a signal"


def _kill_parent(_: Scene) -> str:
    os.kill(os.getppid(), 0)
    return "may send it signals"


def _kill_by_thread(scene: Scene) -> str:
    call("tkill", scene.decoys.process, signal.SIGCONT)
    return "sent it a signal"


def _queue_signal(scene: Scene) -> str:
    queued = bytearray(128)
    queued[0:4] = int(signal.SIGCONT).to_bytes(4, "little")
    queued[8:12] = (-1).to_bytes(4, "little", signed=True)  # SI_QUEUE, as sigqueue() says
    call("rt_sigqueueinfo", scene.decoys.process, signal.SIGCONT, bytes(queued))
    return "sent it a signal"


def _kill_by_descriptor(scene: Scene) -> str:
    descriptor = call("pidfd_open", scene.decoys.process, 0)
    try:
        call("pidfd_send_signal", descriptor, signal.SIGCONT, None, 0)
    finally:
        os.close(descriptor)
    return "sent it a signal"


def _aim_descriptor(scene: Scene) -> str:
    near, far = socket.socketpair()
    with near, far:
        fcntl.fcntl(near, _F_SETOWN, scene.decoys.process)
    return "aimed a descriptor's signals at it"


def _aim_by_ioctl(scene: Scene) -> str:
    near, far = socket.socketpair()
    with near, far:
        fcntl.ioctl(near, _FIOSETOWN, scene.decoys.process.to_bytes(4, "little"))
    return "aimed a descriptor's signals at it"


def _limit_other(scene: Scene) -> str:
    resource.prlimit(scene.decoys.process, resource.RLIMIT_NOFILE)
    return "reached its limits"


def _pin_other(scene: Scene) -> str:
    os.sched_setaffinity(scene.decoys.process, os.sched_getaffinity(0))
    return "chose its processors"


def _renice_other(scene: Scene) -> str:
    os.setpriority(os.PRIO_PROCESS, scene.decoys.process, os.getpriority(os.PRIO_PROCESS, scene.decoys.process))
    return "chose its priority"


def _other_processes(scene: Scene) -> str:
    """Their files are closed to all; that they are there is hidden by a namespace only."""
    if not scene.policy.alone:
        return ""
    known = {1, os.getpid(), os.getppid(), scene.decoys.process}
    seen = [number for number in range(1, _NUMBERS_TRIED) if number not in known and Path(f"/proc/{number}").exists()]
    return f"sees {len(seen)} of them" if seen else ""


def _outlive(_: Scene) -> str:
    prctl(PR_SET_PDEATHSIG, 0)
    return "may outlive the parent"


def _fork(scene: Scene) -> str:
    if scene.policy.processes:
        return ""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "has a child"


def _clone3(_: Scene) -> str:
    arguments = bytearray(64)
    arguments[32:40] = int(signal.SIGCHLD).to_bytes(8, "little")
    child = call("clone3", bytes(arguments), 64)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "has a child"


def _execute(_: Scene) -> str:
    """In a child where there may be one: an exec that succeeds would be the end of this song."""
    refused = 77
    try:
        child = os.fork()
    except PermissionError:
        _become_true()
        return "executed nothing, and was not told why"
    if child == 0:
        try:
            _become_true()
        finally:
            os._exit(refused)
    status = os.waitpid(child, 0)[1]
    return "" if os.waitstatus_to_exitcode(status) == refused else "executed it"


def _become_true() -> None:
    os.execv("/bin/true", ["true"])  # noqa: S606 -- this is the act


def _execute_memory(_: Scene) -> str:
    descriptor = call("memfd_create", b"program\0", 0)
    os.close(descriptor)
    return "has an executable file in memory"


ACTS = (
    _in_proc("environ"),
    _in_proc("mem"),
    _in_proc("fd"),
    _in_proc("maps"),
    Act(name="trace another process", layer=Layer.SECCOMP, run=_trace, backed=True),
    Act(name="read another process's memory", layer=Layer.SECCOMP, run=_read_memory, backed=True),
    Act(name="signal another process", layer=Layer.SECCOMP, run=_kill, backed=True),
    Act(name="signal the parent", layer=Layer.SECCOMP, run=_kill_parent, backed=True),
    Act(name="signal another thread", layer=Layer.SECCOMP, run=_kill_by_thread, backed=True),
    Act(name="queue a signal", layer=Layer.SECCOMP, run=_queue_signal, backed=True),
    Act(name="signal by process descriptor", layer=Layer.SECCOMP, run=_kill_by_descriptor, backed=True),
    Act(name="aim a descriptor's signals", layer=Layer.SECCOMP, run=_aim_descriptor),
    Act(name="aim a descriptor's signals by ioctl", layer=Layer.SECCOMP, run=_aim_by_ioctl),
    Act(name="touch another process's limits", layer=Layer.SECCOMP, run=_limit_other),
    Act(name="choose another process's processors", layer=Layer.SECCOMP, run=_pin_other),
    Act(name="choose another process's priority", layer=Layer.SECCOMP, run=_renice_other),
    Act(name="outlive the parent", layer=Layer.SECCOMP, run=_outlive),
    Act(name="see the machine's processes", layer=None, run=_other_processes),
    Act(name="fork", layer=Layer.SECCOMP, run=_fork),
    Act(name="fork by clone3", layer=Layer.SECCOMP, run=_clone3),
    Act(name="execute a program", layer=Layer.SECCOMP, run=_execute, backed=True),
    Act(name="make a program in memory", layer=Layer.SECCOMP, run=_execute_memory),
)
