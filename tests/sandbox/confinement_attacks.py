"""Attacks that end or fill the process that tries them. Each ``attack_…`` runs in a confined child of its own."""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import socket
import threading
import time
from pathlib import Path

CHATTY = ctypes.CDLL(None, use_errno=True)


def under(**policy):
    def note(attack):
        attack.policy = policy
        return attack

    return note


def machine_code(code: bytes) -> int:
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def errno_of(act, *arguments):
    try:
        return f"got {act(*arguments)!r}"
    except OSError as error:
        return error.errno


@under(cpu_seconds=1)
def attack_compute_for_ever():
    while True:
        pass


@under(cpu_seconds=1)
def attack_ignore_the_first_warning():
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


@under(cpu_seconds=1)
def attack_compute_in_threads():
    for _ in range(4):
        threading.Thread(target=attack_compute_for_ever, daemon=True).start()
    time.sleep(30)


def attack_take_memory():
    try:
        return f"got {len(bytearray(700 << 20))}"
    except MemoryError:
        return "refused"


def attack_take_memory_in_pieces():
    taken = []
    try:
        while len(taken) < 2048:
            taken.append(bytearray(1 << 20))
    except MemoryError:
        pass
    return len(taken)


def attack_take_threads():
    """The user is the grader's own when not root, and so has other threads; there is an end nevertheless."""
    threading.stack_size(64 << 10)
    enough = threading.Event()
    started = 0
    try:
        while started < 20_000:
            threading.Thread(target=enough.wait, daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    enough.set()
    return started


def attack_fill_one_file():
    with Path("large").open("wb") as large:
        return errno_of(lambda: [large.write(bytes(1 << 20)) for _ in range(40)])


def attack_raise_the_limits():
    import resource

    seen = {}
    for name in ("CPU", "AS", "DATA", "NPROC", "FSIZE", "NOFILE", "CORE"):
        which = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(which)
        try:
            resource.setrlimit(which, (hard, hard + 1))
            seen[name] = "raised"
        except (ValueError, OSError):
            seen[name] = "refused"
    return seen


def attack_x32_call():
    """getpid by its x32 number: on a kernel that has these, a second way to every call."""
    return CHATTY.syscall(ctypes.c_long(0x40000000 + 39))


def attack_32_bit_execve_number():
    return machine_code(b"\xb8\x0b\x00\x00\x00\x31\xdb\xcd\x80\xc3")


def attack_end_by_abort():
    os.abort()


def attack_kill_everybody():
    return {
        "all": errno_of(os.kill, -1, 0),
        "parent": errno_of(os.kill, os.getppid(), 0),
        "group": errno_of(os.killpg, os.getpgrp(), 0),
        "first": errno_of(os.kill, 1, 0),
    }


def attack_loosen_the_walls():
    """Nothing that set up the walls works a second time, and nothing unknown works at all."""
    from gradesmith.sandbox.confinement.kernel import call

    def code(name, *arguments):
        return errno_of(call, name, *arguments)

    return {
        "undo no_new_privs": code("prctl", 38, 0, 0, 0, 0),
        "dumpable": code("prctl", 4, 1, 0, 0, 0),
        "seccomp by prctl": code("prctl", 22, 2, 0, 0, 0),
        "seccomp": code("seccomp", 1, 0, None),
        "landlock": code("landlock_create_ruleset", None, 0, 1),
        "setuid": code("setresuid", 0, 0, 0),
        "unknown": code("statmount", None, None, 0, 0),
        "future": errno_of(lambda: _raw(999)),
    }


def _raw(number):
    if CHATTY.syscall(ctypes.c_long(number)) == -1:
        raise OSError(ctypes.get_errno(), "")
    return "answered"


def attack_send_descriptors_out_by_pair():
    """A pair can't be turned elsewhere."""
    near, far = socket.socketpair()
    with near, far:
        return [errno_of(near.connect, "/tmp/anything"), errno_of(near.bind, "/tmp/anything"), errno_of(near.listen)]


def attack_look_around():
    """What may be seen at the most: no listing, no reading, whatever the path."""
    places = ("/", "/home", "/root", "/tmp", "/etc", "/proc", "/proc/self", "/proc/self/root/etc", "..", "/dev", "/sys")
    files = ("/etc/passwd", "/proc/self/environ", "/proc/self/mountinfo", "/proc/net/tcp")
    seen = {place: errno_of(os.listdir, place) for place in places}
    return seen | {file: errno_of(os.open, file, os.O_RDONLY) for file in files}


def attack_leave_by_links():
    """Whatever a link in the box says, what it leads to is judged."""
    Path("up").symlink_to("/etc")
    Path("root").symlink_to("/proc/self/root")
    return [errno_of(os.listdir, "up"), errno_of(os.listdir, "root"), errno_of(os.open, "up/passwd", os.O_RDONLY)]


def attack_change_libraries():
    import numpy

    place = Path(numpy.__file__).parent
    return [
        errno_of(os.open, place / "__init__.py", os.O_WRONLY),
        errno_of(os.open, place / "new.py", os.O_WRONLY | os.O_CREAT),
        errno_of(os.unlink, place / "__init__.py"),
    ]


@under(processes=True)
def attack_processes_fork():
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@under(processes=True)
def attack_processes_escape():
    """A forked grandchild is as confined, and stays where the grader can kill it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        seen = [
            errno_of(os.setsid),
            errno_of(os.setpgid, 0, 0),
            errno_of(os.execv, "/bin/true", ["true"]),
            errno_of(os.open, "/etc/passwd", os.O_RDONLY),
            errno_of(os.kill, 1, 0),
            errno_of(socket.socket),
        ]
        os.write(writing, repr(seen).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(reading, 1000).decode()


@under(processes=True)
def attack_processes_bomb():
    children = []
    try:
        while len(children) < 5000:
            child = os.fork()
            if child == 0:
                time.sleep(20)
                os._exit(0)
            children.append(child)
    except BlockingIOError:
        pass
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return len(children)
