"""The process that loads the libraries once for a whole run, and is forked for each zygote and each checker.

It holds no secret and never meets one: it is told roles and folders. What a zygote or checker is to know, it hears
after it was forked, over a line of its own::

    family ──► loader ──fork──► zygote ──fork──► child
       │          └────fork──► checker
       └─────────────────────► each of them
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from typing import Any, NoReturn

import numpy as np

from gradesmith.sandbox.confinement import (
    adopt_orphans,
    call_process,
    close_all_but,
    make_undumpable,
    scrubbed_environment,
)
from gradesmith.sandbox.frames import Channel, Frame, PartnerGone
from gradesmith.sandbox.libraries import FOR_COMPUTING, FOR_NOTEBOOKS, load

ROLES = {role: f"gradesmith.sandbox.{role}" for role in ("zygote", "checker", "proof")}


class Loader:
    """Forks a process for each role that it is asked for, by whoever has a line to it, and sees all of them end."""

    def __init__(self, family: Channel) -> None:
        self._family = family
        self._lines = {family.fileno(): family}
        self._forked: dict[int, int] = {}

    def serve(self) -> None:
        """Do what is asked; raise `PartnerGone` when the family hangs up."""
        while True:
            poll = select.poll()
            for descriptor in (*self._lines, *self._forked):
                poll.register(descriptor, select.POLLIN)
            for descriptor, _ in poll.poll():
                if descriptor in self._forked:
                    self._see_end(descriptor)
                else:
                    self._heed(self._lines[descriptor])

    def _heed(self, line: Channel) -> None:
        try:
            frame = line.receive(with_descriptors=True)
            match frame.header["op"]:
                case "greet":
                    line.send({"event": "ready"})
                case "listen":
                    other = Channel(socket.socket(fileno=frame.descriptors[0]))
                    self._lines[other.fileno()] = other
                case "fork":
                    self._fork(line, frame)
        except PartnerGone:
            if line is self._family:
                raise
            del self._lines[line.fileno()]
            line.close()

    def _fork(self, line: Channel, frame: Frame) -> None:
        threads = os.listdir("/proc/self/task")  # noqa: PTH208 - no Path is needed of a count
        if len(threads) != 1:
            raise RuntimeError(f"the loader has {len(threads)} threads, and may only fork with one")
        told, tell = os.pipe()
        first = os.fork()
        if first == 0:
            os.close(told)
            begin(frame, tell)
        for descriptor in (*frame.descriptors, tell):
            os.close(descriptor)
        with os.fdopen(told, "rb") as answer:
            pid = int(answer.read() or first)
        if pid != first:  # which has made way for a child of its own, and so ours
            os.waitpid(first, 0)
        watch = os.pidfd_open(pid)
        self._forked[watch] = pid
        line.send({"event": "forked", "pid": pid}, descriptors=(watch,))

    def _see_end(self, watch: int) -> None:
        os.close(watch)
        os.waitpid(self._forked.pop(watch), 0)


def begin(frame: Frame, tell: int) -> NoReturn:
    """In the forked process: leave the loader behind, and live in the asked-for role to the end.

    The loader waits at the other end of ``tell`` for the number of the process that goes on.
    """
    line, log = frame.descriptors

    def settle(pid: int) -> None:
        os.write(tell, str(pid).encode())
        os.close(tell)

    try:
        for taken in (signal.SIGINT, signal.SIGTERM):
            signal.signal(taken, signal.SIG_DFL)
        os.setsid()
        os.dup2(log, sys.stderr.fileno())
        close_all_but((line, tell))
        call_process(f"gs-{frame.header['role']}")
        _settle(frame.header["home"])
        role: Any = importlib.import_module(ROLES[frame.header["role"]])
        role.main(Channel(socket.socket(fileno=line)), settle)
    except BaseException:  # noqa: BLE001 - whatever happens, this must not go on as a second loader
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _settle(home: str) -> None:
    """Make what was inherited from the loader one's own: folder, variables, random numbers."""
    os.environ.clear()
    os.environ.update(scrubbed_environment(home))
    os.chdir(home)
    tempfile.tempdir = None
    np.random.seed()  # Python's own generator does so at every fork


def main() -> None:
    """Become the loader: load, then fork until nobody asks any more."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    time.tzset()
    load((*FOR_COMPUTING, *FOR_NOTEBOOKS, ROLES["zygote"]))
    sys.dont_write_bytecode = True
    call_process("gs-loader")
    make_undumpable()
    adopt_orphans()
    gc.collect()
    gc.freeze()
    with suppress(PartnerGone):
        Loader(channel).serve()


if __name__ == "__main__":
    main()
