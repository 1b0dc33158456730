"""The process that loads the libraries once for a whole run, and is forked for the hearth and for each checker.

Neither it nor the hearth holds a secret, or ever meets one: they are told roles and folders. What a zygote or checker
is to know, it hears after it was forked, over a line of its own::

    family ──► loader ──fork──► checker
       │          └────fork──► hearth ──fork──► zygote ──fork──► child
       └─────────────────────► each checker and zygote

The hearth loads what notebooks need beside, and warms up, while the loader forks the first checkers already.
"""

from __future__ import annotations

import gc
import os
import select
import socket
import sys
import time
from contextlib import suppress

from gradesmith.sandbox.confinement import call_process, make_undumpable
from gradesmith.sandbox.forking import fork
from gradesmith.sandbox.frames import Channel, Frame, PartnerGone, pair
from gradesmith.sandbox.libraries import FOR_CHECKS, FOR_COMPUTING, FOR_DRAWING, load


class Loader:
    """Forks checkers for whoever has a line to it, and has all others forked by the hearth."""

    def __init__(self, family: Channel, hearth: Channel) -> None:
        self._family = family
        self._hearth = hearth
        self._lines = {one.fileno(): one for one in (family, hearth)}

    def serve(self) -> None:
        """Do what is asked; raise `PartnerGone` when the family hangs up, or the hearth is no more."""
        while True:
            poll = select.poll()
            for descriptor in self._lines:
                poll.register(descriptor, select.POLLIN)
            for descriptor, _ in poll.poll():
                self._heed(self._lines[descriptor])

    def _heed(self, line: Channel) -> None:
        try:
            wish = line.receive(with_descriptors=True)
        except PartnerGone:
            if line in {self._family, self._hearth}:
                raise
            del self._lines[line.fileno()]
            line.close()
            return
        match wish.header:
            case {"op": "listen"}:
                other = Channel(socket.socket(fileno=wish.descriptors[0]))
                self._lines[other.fileno()] = other
            case {"op": "fork", "role": "checker"}:
                fork(wish)
            case _:
                self._pass_on(wish)

    def _pass_on(self, wish: Frame) -> None:
        self._hearth.send(wish.header, descriptors=wish.descriptors)
        for descriptor in wish.descriptors:
            os.close(descriptor)


def main() -> None:
    """Become the loader: load, then fork until nobody asks any more."""
    family = Channel(socket.socket(fileno=int(sys.argv[1])))
    time.tzset()
    gc.disable()  # loading leaves next to no garbage, and looking for it takes a sixth of the time
    load((*FOR_COMPUTING, *FOR_DRAWING))
    gc.freeze()
    call_process("gs-loader")
    make_undumpable()
    hearth = _lit()
    load(FOR_CHECKS)
    sys.dont_write_bytecode = True
    gc.freeze()
    gc.enable()
    family.send({"event": "ready"})
    with suppress(PartnerGone):
        Loader(family, hearth).serve()
    os._exit(0)  # at once: taking the libraries apart would keep the family waiting


def _lit() -> Channel:
    """Fork the hearth, which lives in this process's folder and has the same last words."""
    ours, theirs = pair()
    log = os.dup(sys.stderr.fileno())
    fork(Frame({"role": "hearth", "home": os.getcwd()}, descriptors=(theirs.detach(), log)))  # noqa: PTH109
    return ours


if __name__ == "__main__":
    main()
