"""Doing things as other users of the machine, as only root can: what is tried here is really tried."""

from __future__ import annotations

import os
import pickle
import pwd
import traceback
from collections.abc import Callable
from typing import Any

import pytest

USERS = frozenset(one.pw_name for one in pwd.getpwall())
TEACHER, ADA, BOB, MAIL = "games", "daemon", "bin", "mail"  # as every Debian has them
as_root = pytest.mark.skipif(
    os.geteuid() != 0 or not {TEACHER, ADA, BOB, MAIL} <= USERS,
    reason="only root can become other users, and they must exist",
)


def as_user(uid: int, act: Callable[[], Any]) -> Any:
    """Do something in a process that has become another user for good, and return what it returned or raised."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            os.umask(0o022)
            answer = ("done", act())
        except BaseException as error:  # noqa: BLE001 - whatever it was, the other process tells
            answer = ("raised", f"{type(error).__name__}: {error}\n{traceback.format_exc()}")
        with os.fdopen(write, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    how, what = pickle.loads(content)
    if how == "raised":
        raise AssertionError(what)
    return what
