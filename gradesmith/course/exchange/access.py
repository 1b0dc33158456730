"""POSIX access lists, set and looked at again: a folder or file for its owner and for single named users.

They are the kernel's: ``setfacl`` writes the same bytes (acl(5), and ``linux/posix_acl_xattr.h``).
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

NAME = "system.posix_acl_access"
HEADER = struct.pack("<I", 2)
ENTRY = struct.Struct("<HHI")
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY_IN_PARTICULAR = 0xFFFFFFFF
READ, WRITE, ENTER = 4, 2, 1
UNABLE = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}


class NotKept(Exception):
    """The file system does not keep an access list; the text says so in words."""


def restrict(path: Path, users: Mapping[int, int], *, group: int = 0) -> None:
    """Leave a file or folder to its owner and to these users, each with the rights given; nobody else gets any.

    The owner may read and write, and enter a folder. Nothing is granted before everything else is taken away.

    Raises:
        NotKept: When the file system refuses or forgets the list; then the owner alone has rights.
    """
    own = 0o700 if path.is_dir() else 0o600
    owner = path.lstat().st_uid
    others = {uid: rights for uid, rights in sorted(users.items()) if uid != owner}
    wanted = HEADER + b"".join(_entries(own >> 6, others, group))
    if others and _kept(path) == wanted:
        return
    path.chmod(own)
    with suppress(OSError):
        os.removexattr(path, NAME, follow_symlinks=False)
    if not others:
        path.chmod(own | group << 3)
        return
    try:
        os.setxattr(path, NAME, wanted, follow_symlinks=False)
    except OSError as error:
        why = "has no access lists" if error.errno in UNABLE else f"refuses: {error.strerror}"
        raise NotKept(f"the file system of {path.parent} {why}") from error
    if _kept(path) != wanted:
        path.chmod(own)
        raise NotKept(f"the file system of {path.parent} forgets access lists")


def _kept(path: Path) -> bytes | None:
    try:
        return os.getxattr(path, NAME, follow_symlinks=False)
    except OSError:
        return None


def _entries(owner: int, users: Mapping[int, int], group: int) -> Iterator[bytes]:
    """Yield the entries in the order that the kernel demands: owner, users by number, group, mask, others."""
    yield ENTRY.pack(OWNER, owner, NOBODY_IN_PARTICULAR)
    for uid, rights in users.items():
        yield ENTRY.pack(USER, rights, uid)
    yield ENTRY.pack(GROUP, group, NOBODY_IN_PARTICULAR)
    mask = group
    for rights in users.values():
        mask |= rights
    yield ENTRY.pack(MASK, mask, NOBODY_IN_PARTICULAR)
    yield ENTRY.pack(OTHERS, 0, NOBODY_IN_PARTICULAR)
