"""The folder in which an engine and its processes work: claimed, removed, and swept up after an engine that was killed.

A live engine holds the kernel's lock on its folder. Where nobody holds it the engine is no more, however it ended, and
the next one removes the folder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from gradesmith.errors import GradesmithError
from gradesmith.sandbox.boxes import FOLDER, remove_box

ATTEMPTS = 10
PREFIX = "gradesmith-"
NAME = re.compile(PREFIX + r"[a-z0-9_]{8}")
CONTENT = re.compile(r"(loader|zygote|checker|box|room)-\d+(\.log)?|lifted-[0-9a-f]{16}-\d+")


class EngineFolder:
    """A folder of one engine, from its making to its removal."""

    def __init__(self) -> None:
        try:
            with suppress(OSError):
                sweep(Path(tempfile.gettempdir()))
            self.path, self._lock = _claimed()
        except OSError as error:
            message = f"no folder for grading could be made: {error.strerror or error}"
            raise GradesmithError(message, "free some space there, or name another place with TMPDIR") from error

    def remove(self) -> None:
        """Remove the folder with all that is in it; what can't be removed now, the next engine sweeps up."""
        with suppress(OSError):
            remove_box(self.path)
        os.close(self._lock)


def _claimed() -> tuple[Path, int]:
    """Make a folder and lock it; somebody sweeping may have taken it in between, so look again."""
    for _ in range(ATTEMPTS):
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(path)
        if lock is not None:
            path.chmod(0o711)
            return path, lock
    raise OSError(errno.ENOLCK, f"{path} can't be locked")


def _locked(path: Path) -> int | None:
    """Lock a folder of ours, and return the descriptor that holds it; ``None`` if that can't be."""
    try:
        handle = os.open(path, FOLDER | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.fstat(handle).st_uid == os.geteuid() and os.path.samestat(path.lstat(), os.fstat(handle))
    except OSError:
        ours = False
    if not ours:
        os.close(handle)
        return None
    return handle


def sweep(place: Path) -> None:
    """Remove the folders of engines that are no more: our own, unlocked, with nothing in them but what engines make."""
    for path in place.iterdir():
        if not NAME.fullmatch(path.name) or (lock := _locked(path)) is None:
            continue
        try:
            if all(CONTENT.fullmatch(name) for name in os.listdir(lock)):  # noqa: PTH208 - of the folder that is locked
                remove_box(path)
        except OSError:
            continue  # somebody still holds on to something there: the next engine tries again
        finally:
            os.close(lock)
