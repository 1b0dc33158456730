"""One lock per course, so that two people can't grade or release in it at the same time.

It is the kernel's lock on a file beside the gradebook: whoever holds it may be killed in any way, and it is free again.
The file stays where it is; what it says is only for people to read.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pwd
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.errors import GradesmithError

LONGEST = 1000


class CourseBusy(GradesmithError):
    """Somebody else grades or releases in this course just now."""


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def locked(course: CourseDirectory, purpose: str, clock: Callable[[], datetime] = _now) -> Iterator[None]:
    """Hold the course's lock; ``purpose`` ("grading wt5") is what others are told meanwhile.

    Raises:
        CourseBusy: When somebody else holds it; the text says who, since when, and how to end it.
        GradesmithError: When there can be no lock here.
    """
    path = course.lock
    try:
        handle = _open(path, like=course.gradebook)
    except OSError as error:
        raise _impossible(path, error) from error
    try:
        _take(handle, path)
        _sign(handle, purpose, clock())
        yield
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def _open(path: Path, like: Path) -> int:
    """Open the lock's file, made if need be for the same people as the gradebook."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        handle = os.open(path, flags | os.O_CREAT, 0o600)
        if like.exists():
            os.fchmod(handle, like.stat().st_mode & 0o666)
        return handle


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _busy(os.pread(handle, LONGEST, 0), path) from None
    except OSError as error:
        raise _impossible(path, error) from error


def _sign(handle: int, purpose: str, now: datetime) -> None:
    """Write down who holds the lock; a disk too full for that keeps nobody from holding it."""
    facts = {
        "who": _user(),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": f"{now:%Y-%m-%d %H:%M %Z}",
        "purpose": purpose,
    }
    try:
        os.truncate(handle, 0)
        os.pwrite(handle, json.dumps(facts).encode(), 0)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise


def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user {os.geteuid()}"


def _busy(written: bytes, path: Path) -> CourseBusy:
    try:
        facts = json.loads(written)
        process = f"process {facts['pid']} on {facts['host']}"
        holder = f"{facts['who']} ({facts['purpose']} since {facts['since']}, {process})"
        ending = f", or on {facts['host']} end it: kill {int(facts['pid'])}"
    except (ValueError, KeyError, TypeError):
        holder, ending = "somebody who has not said who", f": fuser {path} names the process"
    return CourseBusy(f"this course is in use by {holder}", f"wait until that is done{ending}")


def _impossible(path: Path, error: OSError) -> GradesmithError:
    return GradesmithError(
        f"{path}: the course can't be locked: {error.strerror}",
        "check who owns the folder; on a network file system, have its locks switched on",
    )
