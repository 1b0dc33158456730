"""Fork a process for a role: a zygote, a checker, or whatever else begins with the libraries loaded.

Who asks for one sends a line that is the new process's own, and a file for its last words. All that is to be known of
it comes over that line: first that it has arrived, then whatever its role says.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import tempfile
import traceback
from typing import Any, NoReturn

import numpy as np

from gradesmith.sandbox.confinement import call_process, close_all_but, scrubbed_environment
from gradesmith.sandbox.frames import Channel, Frame


def fork(wish: Frame) -> None:
    """Fork a process that lives in the asked-for role to its end. Nobody has to wait for it.

    Raises ``RuntimeError`` when there is a second thread: its locks would stay closed in the new process for ever.
    """
    threads = os.listdir("/proc/self/task")  # noqa: PTH208 - no Path is needed of a count
    if len(threads) != 1:
        raise RuntimeError(f"this process has {len(threads)} threads, and may only fork with one")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel then buries it, and whom it leaves behind
    if os.fork() == 0:
        _begin(wish)
    for descriptor in wish.descriptors:
        os.close(descriptor)


def _begin(wish: Frame) -> NoReturn:
    """In the forked process: leave behind whatever was the other's, and live in the role to the end."""
    line, log = wish.descriptors
    try:
        for taken in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(taken, signal.SIG_DFL)
        os.setsid()
        os.dup2(log, sys.stderr.fileno())
        close_all_but((line,))
        call_process(f"gs-{wish.header['role']}")
        _settle(wish.header["home"])
        role: Any = importlib.import_module(f"gradesmith.sandbox.{wish.header['role']}")
        role.main(Channel(socket.socket(fileno=line)))
    except BaseException:  # noqa: BLE001 - whatever happens, this must not go on as a second loader
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _settle(home: str) -> None:
    """Make what was inherited one's own: folder, variables, random numbers."""
    os.environ.clear()
    os.environ.update(scrubbed_environment(home))
    os.chdir(home)
    tempfile.tempdir = None
    np.random.seed()  # Python's own generator does so at every fork


def arrive(channel: Channel, pid: int) -> None:
    """In the forked process: say that it is there, with a descriptor of it and its number on the machine."""
    itself = os.pidfd_open(os.getpid())
    channel.send({"event": "arrived", "pid": pid}, descriptors=(itself,))
    os.close(itself)
