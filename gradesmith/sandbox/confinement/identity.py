"""As whom student code runs: never as root, and when root grades, as a user that owns nothing."""

from __future__ import annotations

import grp
import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.kernel import (
    PR_SET_KEEPCAPS,
    drop_capabilities,
    empty_bounding_set,
    prctl,
    status_field,
)

ACCOUNT: Final = "gradesmith"
# systemd hands these out to services with DynamicUser=; distributions give them to nobody
_DYNAMIC_USERS: Final = range(61184, 65520)


@dataclass(frozen=True, slots=True)
class Identity:
    """The user and group that own nothing but a box."""

    uid: int
    gid: int


def choose_identity(slot: int = 0) -> Identity:
    """Choose whom a root grader's zygote number ``slot`` becomes.

    The account ``gradesmith`` if the machine has one, else a number that no account has, another for each slot, so
    that zygotes can't signal or trace each other. Raises ``SandboxRefused`` when there is none left, or the account
    is root's by another name.
    """
    try:
        account = pwd.getpwnam(ACCOUNT)
    except KeyError:
        return _unused(slot)
    if 0 in {account.pw_uid, account.pw_gid}:
        raise SandboxRefused(
            f"the account {ACCOUNT} has uid {account.pw_uid} and gid {account.pw_gid}: it is root's",
            f"Give it numbers of its own: usermod and groupmod, or userdel {ACCOUNT}.",
        )
    return Identity(account.pw_uid, account.pw_gid)


def _unused(slot: int) -> Identity:
    for position, candidate in enumerate(_free_numbers()):
        if position == slot:
            return Identity(candidate, candidate)
    raise SandboxRefused(
        f"there is no unused user id for zygote {slot} in {_DYNAMIC_USERS.start}–{_DYNAMIC_USERS.stop - 1}",
        f"Make an account for it: useradd --system --no-create-home {ACCOUNT}.",
    )


def _free_numbers() -> Iterator[int]:
    for candidate in _DYNAMIC_USERS:
        try:
            pwd.getpwuid(candidate)
        except KeyError:
            pass
        else:
            continue
        try:
            grp.getgrgid(candidate)
        except KeyError:
            yield candidate


def drop_privileges(identity: Identity) -> None:
    """As root, become ``identity`` for ever, without groups and capabilities, and prove it.

    Clears the parent-death signal and makes the process undumpable, as any change of user does. Raises
    ``SandboxRefused`` when the way back is open or something of the old user is left.
    """
    try:
        prctl(PR_SET_KEEPCAPS, 0)
        empty_bounding_set()
        os.setgroups([])
        os.setresgid(identity.gid, identity.gid, identity.gid)
        os.setresuid(identity.uid, identity.uid, identity.uid)
        drop_capabilities()
    except OSError as error:
        raise SandboxRefused(
            f"could not become user {identity.uid}: {error}",
            "Start the grader as an ordinary user, or as root with CAP_SETUID and CAP_SETGID.",
        ) from error
    _verify(identity)


def _verify(identity: Identity) -> None:
    left = [
        "user" if os.getresuid() != (identity.uid,) * 3 else "",
        "group" if os.getresgid() != (identity.gid,) * 3 else "",
        "groups" if os.getgroups() else "",
        *(name for name in ("CapEff", "CapPrm", "CapInh", "CapAmb") if int(status_field(name), 16)),
        "a way back to root" if _can_return() else "",
    ]
    if any(left):
        raise SandboxRefused(
            f"after becoming user {identity.uid}, still left: {', '.join(filter(None, left))}",
            "Start the grader as an ordinary user.",
        )


def _can_return() -> bool:
    for become in (os.setuid, os.setgid):
        try:
            become(0)
        except PermissionError:
            continue
        return True
    return False
