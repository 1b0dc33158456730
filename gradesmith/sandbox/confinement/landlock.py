"""Landlock: which files a process may reach, set by the process itself and irrevocable.

Only what is listed stays reachable, by whatever path or link it is reached. Descriptors opened before keep what they
could do. Landlock knows reading, writing, making and removing, not ``stat``, ``chmod`` or UDP: seccomp covers those.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.kernel import call

NEWEST_ABI: Final = 7  # the newest this module speaks

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_CHAR, _MAKE_DIR, _MAKE_REG, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK, _MAKE_SYM = (1 << bit for bit in range(6, 13))
_REFER, _TRUNCATE, _IOCTL_DEV = (1 << bit for bit in range(13, 16))
_SINCE_ABI: Final = {_REFER: 2, _TRUNCATE: 3, _IOCTL_DEV: 5}
_BIND_TCP, _CONNECT_TCP = 1, 2
_SCOPE_ABSTRACT_UNIX, _SCOPE_SIGNAL = 1, 2

_EVERYTHING: Final = (1 << 16) - 1
_READ: Final = _READ_FILE | _READ_DIR
# A box holds files, folders and symlinks. A pipe in it could make whoever reads the box wait for ever, and nothing in
# it is ever executed.
_WRITE: Final = (
    _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER | _TRUNCATE
)
_FOR_FILES: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

_CREATE_RULESET_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_abi() -> int:
    """The Landlock ABI that the running kernel offers; 0 where it offers none."""
    try:
        return call("landlock_create_ruleset", None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def restrict_files(read: Iterable[str], write: Iterable[str], *, at_most: int = NEWEST_ABI) -> int:
    """Leave this process only ``read`` and ``write`` of the file system, and return the ABI that was used.

    A path of ``read`` that does not exist, or that this user can't open, is left out: it is refused anyway. Needs
    ``no_new_privs``. Raises ``SandboxRefused`` where the kernel has no Landlock or a path of ``write`` is missing.
    """
    abi = min(landlock_abi(), at_most, NEWEST_ABI)
    if abi < 1:
        raise SandboxRefused(
            "this kernel offers no Landlock, so files can't be closed to student code",
            "Use Linux 5.13 or later with Landlock enabled (see /sys/kernel/security/lsm).",
        )
    handled = _known_to(abi, _EVERYTHING)
    with _ruleset(abi, handled) as ruleset:
        for path in read:
            rights = _READ | _WRITE_FILE if path == os.devnull else _READ
            _grant(ruleset, path, rights & handled, needed=False)
        for path in write:
            _grant(ruleset, path, _WRITE & handled, needed=True)
        call("landlock_restrict_self", ruleset, 0)
    return abi


def _known_to(abi: int, rights: int) -> int:
    for right, since in _SINCE_ABI.items():
        if abi < since:
            rights &= ~right
    return rights


@contextmanager
def _ruleset(abi: int, handled: int) -> Iterator[int]:
    attributes = _RulesetAttributes(
        handled,
        _BIND_TCP | _CONNECT_TCP if abi >= 4 else 0,
        _SCOPE_ABSTRACT_UNIX | _SCOPE_SIGNAL if abi >= 6 else 0,
    )
    ruleset = call("landlock_create_ruleset", attributes, _size_for(abi), 0)
    try:
        yield ruleset
    finally:
        os.close(ruleset)


def _size_for(abi: int) -> int:
    """An older kernel takes a longer structure only when the rest is zero; say no more than it knows."""
    fields = 3 if abi >= 6 else 2 if abi >= 4 else 1
    return fields * ctypes.sizeof(ctypes.c_uint64)


def _grant(ruleset: int, path: str, rights: int, *, needed: bool) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if needed or error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.EACCES}:
            raise SandboxRefused(f"{path}: {error.strerror}", f"Make the folder {Path(path).name} first.") from error
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _FOR_FILES
        call("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, _PathBeneath(rights, place), 0)
    finally:
        os.close(place)
