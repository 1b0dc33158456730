"""What every system offers: an own session, few descriptors, a clean environment, limits on what is used up."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from gradesmith.sandbox.confinement.environment import scrubbed_environment
from gradesmith.sandbox.confinement.kernel import close_range, die_with_parent
from gradesmith.sandbox.confinement.policy import Policy

_MEGABYTE: Final = 1 << 20
# Address space that is reserved and never used: stacks and malloc arenas of threads. It is also what shared anonymous
# mappings, which RLIMIT_DATA does not count, can get beyond memory_mb.
RESERVED_ADDRESS_SPACE: Final = 512 * _MEGABYTE
_LAST_DESCRIPTOR: Final = 0x7FFFFFFF


def stand_alone(policy: Policy) -> None:
    """Leave the parent's session, descriptors, environment and folder; die when it dies.

    The environment that the process image was started with stays in its memory: start the zygote itself with
    ``scrubbed_environment``.
    """
    if os.getsid(0) != os.getpid():
        os.setsid()
    die_with_parent(signal.SIGKILL)
    _silence_standard_streams()
    close_all_but((*policy.keep, *((policy.witness,) if policy.witness >= 0 else ())))
    os.umask(0o077)
    if policy.write:
        home = policy.write[0]
        os.chdir(home)
        os.environ.clear()
        os.environ.update(scrubbed_environment(home))
        tempfile.tempdir = None  # the zygote's own, if it ever asked


def _silence_standard_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    if nothing > 2:
        os.close(nothing)


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor above the three standard ones that is not named."""
    first = 3
    for kept in sorted(set(keep)):
        close_range(first, kept - 1)
        first = kept + 1
    close_range(first, _LAST_DESCRIPTOR)


def set_limits(policy: Policy) -> None:
    """Cap what the process can use up; an existing lower cap stays."""
    address_space, writable = _current_memory()
    memory = policy.memory_mb * _MEGABYTE
    _cap(resource.RLIMIT_DATA, writable + memory)
    _cap(resource.RLIMIT_AS, address_space + memory + RESERVED_ADDRESS_SPACE)
    # The soft limit's SIGXCPU ends the process; the hard one kills a process that ignores it.
    _cap(resource.RLIMIT_CPU, policy.cpu_seconds, policy.cpu_seconds + 1)
    _cap(resource.RLIMIT_FSIZE, policy.file_mb * _MEGABYTE)
    _cap(resource.RLIMIT_NOFILE, policy.open_files)
    # What other programs of this user start meanwhile counts too, so a desktop's user gets the slack of a desktop;
    # a user of its own has next to none.
    tasks = policy.tasks if policy.tasks >= 0 else tasks_of(os.getuid())
    _cap(resource.RLIMIT_NPROC, 2 * tasks + policy.threads)
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_MEMLOCK, resource.RLIMIT_MSGQUEUE):
        _cap(nothing, 0)


def _cap(which: int, soft: int, hard: int | None = None) -> None:
    _, allowed = resource.getrlimit(which)
    wanted = soft if hard is None else hard
    ceiling = wanted if allowed == resource.RLIM_INFINITY else min(wanted, allowed)
    resource.setrlimit(which, (min(soft, ceiling), ceiling))


def _current_memory() -> tuple[int, int]:
    """Bytes of address space and of writable private memory that this process has now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    size = resource.getpagesize()
    return int(pages[0]) * size, int(pages[5]) * size


def tasks_of(uid: int, proc: int | None = None) -> int:
    """How many threads the user runs now: RLIMIT_NPROC counts all of a user's, not a process's own.

    ``proc`` is a descriptor of the machine's ``/proc``, where the one that can be seen shows less.
    """
    total = 0
    for entry in os.scandir("/proc" if proc is None else proc):
        if not entry.name.isdecimal():
            continue
        try:
            tasks = os.stat(f"{'/proc/' if proc is None else ''}{entry.name}/task", dir_fd=proc)
        except OSError:  # it ended meanwhile, or is hidden from us
            continue
        if tasks.st_uid == uid:
            total += tasks.st_nlink - 2
    return total
