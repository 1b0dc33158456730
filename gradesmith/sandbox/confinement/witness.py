"""Count what the filter of a child refuses, out of the child's reach.

A filter may leave a call undecided: the kernel then halts the caller and asks whoever holds the filter's listener. That
is the process that forked the child; it says no to everything, and counts::

    zygote   witness = Witness()          child   confine(policy with the child's end)
             poll it, hear()       ◄───────────── the listener, once, and the child's own copy is closed
             "not permitted"       ◄── kernel ─── every call that ``calls.py`` names as telling

A call is made only on the word "continue", which is never said; if nobody answers any more, the call fails. So the
filter is no weaker than one that refuses by itself. Needs Linux 5.0; elsewhere nothing is counted, and all is refused.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import struct
from collections import Counter
from contextlib import suppress
from typing import Final

from gradesmith.sandbox.confinement.kernel import machine
from gradesmith.sandbox.confinement.syscalls import name_of

_RECEIVE: Final = 0xC0502100  # SECCOMP_IOCTL_NOTIF_RECV
_ANSWER: Final = 0xC0182101  # SECCOMP_IOCTL_NOTIF_SEND
_NOTICE: Final = struct.Struct("=QIIi60x")  # id, pid, flags, number of the call; then what does not matter here
_VERDICT: Final = struct.Struct("=QqiI")  # id, result, errno, flags


class Witness:
    """Says no to one child's refused calls and counts them by name, from before its fork to its end.

    Poll it whenever ``fileno`` is not -1, and call ``hear`` when it is ready. ``childs_end`` is what the child's policy
    names as its witness; close it here after the fork, and ``line`` in the child.
    """

    def __init__(self) -> None:
        self.line, self.childs_end = socket.socketpair()
        self.counts: Counter[str] = Counter()
        self._listener = -1

    def fileno(self) -> int:
        """What is to be polled for reading; -1 when nothing will come any more."""
        return self._listener if self._listener >= 0 else self.line.fileno()

    def hear(self) -> None:
        """Take the listener, or answer one call. Does not wait once polled as ready."""
        if self._listener < 0:
            self._take_listener()
        elif _can_be_read(self._listener):
            self._refuse()
        else:  # everybody whom the filter bound has ended
            self.close()

    def close(self) -> None:
        """Hear nothing more; what was counted stays."""
        self.line.close()
        if self._listener >= 0:
            os.close(self._listener)
            self._listener = -1

    def _take_listener(self) -> None:
        try:
            _, descriptors, _, _ = socket.recv_fds(self.line, 1, 1)
        except OSError:
            descriptors = []
        self.line.close()
        self._listener = descriptors[0] if descriptors else -1

    def _refuse(self) -> None:
        notice = bytearray(_NOTICE.size)
        with suppress(OSError):  # who asked has been killed meanwhile, or interrupted, and will ask again
            fcntl.ioctl(self._listener, _RECEIVE, notice)
            identity, _, _, number = _NOTICE.unpack(notice)
            fcntl.ioctl(self._listener, _ANSWER, _VERDICT.pack(identity, 0, -errno.EPERM, 0))
            here = machine()
            self.counts[name_of(number, here) if here is not None else str(number)] += 1


def _can_be_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return any(events & select.POLLIN for _, events in poll.poll(0))


def hand_over(listener: int, childs_end: int) -> None:
    """In the child: give the filter's listener away, and keep neither it nor the line."""
    with socket.socket(fileno=childs_end) as line:
        socket.send_fds(line, [b"."], [listener])
    os.close(listener)
