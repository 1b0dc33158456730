"""The course's secret, from which every student's form is drawn: whoever has it can foretell all of them."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.errors import GradesmithError

SIZE = 32


def course_secret(course: CourseDirectory, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """Return the course's secret; it is made when it is first asked for, readable by its owner only.

    Raises:
        GradesmithError: When the file can't be made, or is one that `standing_secret` refuses.
    """
    while (known := standing_secret(course)) is None:
        try:
            _make(course.secret, random_bytes(SIZE))
        except OSError as error:
            message = f"{course.secret}: the course's secret can't be made: {error.strerror}"
            raise GradesmithError(message, "check who owns the folder and whether the disk is full") from error
    return known


def standing_secret(course: CourseDirectory) -> bytes | None:
    """Return the course's secret, or ``None`` where none was made yet.

    Raises:
        GradesmithError: When the file is a link, is open to others, is somebody else's, or does not hold a secret.
    """
    path = course.secret
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        linked = path.is_symlink()
        why = "is a symbolic link, which is not followed" if linked else f"can't be read: {error.strerror}"
        raise GradesmithError(f"{path}: {why}", "put the file itself there, owned by whoever releases") from error
    with os.fdopen(handle, "rb") as file:
        _must_be_private(path, os.fstat(handle))
        content = file.read(SIZE + 1)
    if len(content) != SIZE:
        message = f"{path}: does not hold the {SIZE} bytes of a course's secret"
        raise GradesmithError(message, "restore it from a copy; without one remove it, and forms drawn later differ")
    return content


def _must_be_private(path: Path, facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise GradesmithError(f"{path}: is not a plain file", "move away what lies there")
    if facts.st_uid not in {os.geteuid(), 0} and os.geteuid() != 0:
        raise GradesmithError(f"{path}: belongs to another user (uid {facts.st_uid})", "release as the course's owner")
    if facts.st_mode & 0o077:
        raise GradesmithError(f"{path}: others may read or write the course's secret", f"chmod 600 {path}")


def _make(path: Path, content: bytes) -> None:
    """Write the file beside its place and link it there: it is there whole or not at all, and never replaces one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        with suppress(FileExistsError):  # somebody else was faster: theirs counts
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)
