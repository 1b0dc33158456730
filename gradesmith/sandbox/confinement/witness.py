"""Count what a child is refused, out of its reach.

A filter may leave a call undecided: the kernel then halts the caller and asks whoever holds the filter's listener. That
is the process that forked the child, which counts, and answers by the number of the call alone::

    zygote   witness = Witness()          child   confine(policy with the child's end)
             poll it, hear()       ◄───────────── the listener and the child's memory, once; it keeps neither
             "not permitted"       ◄── kernel ─── every call that ``calls.py`` names as telling
             "go on"               ◄── kernel ─── every call that names a file, which is Landlock's to judge

A call is made only on the word "go on", which is said of calls that the filter would have let through unasked; if
nobody answers any more, the call fails. So the filter is no weaker than one that decides by itself. Needs Linux 5.0;
elsewhere nothing is counted, and all is refused.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from gradesmith.sandbox.confinement.calls import NAMING
from gradesmith.sandbox.confinement.kernel import machine
from gradesmith.sandbox.confinement.reach import Reach
from gradesmith.sandbox.confinement.syscalls import name_of

_RECEIVE: Final = 0xC0502100  # SECCOMP_IOCTL_NOTIF_RECV
_ANSWER: Final = 0xC0182101  # SECCOMP_IOCTL_NOTIF_SEND
_SET_FLAGS: Final = 0x40082104  # SECCOMP_IOCTL_NOTIF_SET_FLAGS
_WAKE_HERE: Final = 1  # SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP: on one processor, as only one of the two has work
_NOTICE: Final = struct.Struct("=QIIiIQ6Q")  # id, pid, flags; number, architecture, instruction, arguments
_VERDICT: Final = struct.Struct("=QqiI")  # id, result, errno, flags
_GO_ON: Final = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE
_ADDRESS: Final = (1 << 56) - 1  # ARM lets programs use the highest byte of a pointer for themselves
_PATH_MAX: Final = 4096

MOST_PLACES: Final = 20
ELSEWHERE: Final = "/"  # stands for the places beyond so many


class Witness:
    """Answers one child's calls and counts, from before its fork to its end, what is refused.

    ``counts`` has the refused calls by name, and by path the places that are not the child's (see `Reach`), of which
    it tells `MOST_PLACES` apart. Poll it whenever ``fileno`` is not -1, and call ``hear`` when it is ready.
    ``childs_end`` is what the child's policy names as its witness; close it here after the fork, and ``line`` in the
    child. ``reach`` is to be set once the child's number is known.
    """

    def __init__(self) -> None:
        self.line, self.childs_end = socket.socketpair()
        self.counts: Counter[str] = Counter()
        self.reach: Reach | None = None
        self._listener = -1
        self._memory = -1

    def fileno(self) -> int:
        """What is to be polled for reading; -1 when nothing will come any more."""
        return self._listener if self._listener >= 0 else self.line.fileno()

    def hear(self) -> None:
        """Take the listener, or answer one call. Does not wait once polled as ready."""
        if self._listener < 0:
            self._take_listener()
        elif _can_be_read(self._listener):
            self._answer()
        else:  # everybody whom the filter bound has ended
            self.close()

    def close(self) -> None:
        """Hear nothing more; what was counted stays."""
        self.line.close()
        for descriptor in {self._listener, self._memory} - {-1}:
            os.close(descriptor)
        self._listener = self._memory = -1

    def _take_listener(self) -> None:
        try:
            _, descriptors, _, _ = socket.recv_fds(self.line, 1, 2)
        except OSError:
            descriptors = []
        self.line.close()
        self._listener, self._memory = (*descriptors, -1, -1)[:2]
        if self._listener >= 0:
            with suppress(OSError):  # before Linux 6.6; then each answer takes a little longer
                fcntl.ioctl(self._listener, _SET_FLAGS, _WAKE_HERE)

    def _answer(self) -> None:
        notice = bytearray(_NOTICE.size)
        with suppress(OSError):  # who asked has been killed meanwhile, or interrupted, and will ask again
            fcntl.ioctl(self._listener, _RECEIVE, notice)
            identity, thread, _, number, _, _, *arguments = _NOTICE.unpack(notice)
            here = machine()
            call = name_of(number, here) if here is not None else str(number)
            if call in NAMING:
                # First looked at, since the caller may take its words back when it goes on
                reach = self.reach if self.reach is not None and self.reach.is_of(thread) else None
                told = [] if reach is None else list(self._places(reach, call, arguments))
                verdict = _VERDICT.pack(identity, 0, 0, _GO_ON)
            else:
                told, verdict = [call], _VERDICT.pack(identity, 0, -errno.EPERM, 0)
            fcntl.ioctl(self._listener, _ANSWER, verdict)
            for name in told:
                self._count(name)

    def _places(self, reach: Reach, call: str, arguments: Sequence[int]) -> Iterator[str]:
        """Yield the places that a call asks for and that are not the child's."""
        for position in NAMING[call]:
            path = self._text(arguments[position])
            match call:
                case "chdir":
                    reach.enter(path)
                    continue
                case "open" | "openat":
                    flags = arguments[position + 1]
                case "creat" | "truncate":
                    flags = os.O_CREAT if call == "creat" else 0
                case _:
                    flags = os.O_NOFOLLOW
            create = bool(flags & os.O_CREAT)
            place = reach.beyond(path, follow=not flags & os.O_NOFOLLOW, create=create)
            if place is not None:
                yield place

    def _text(self, address: int) -> str:
        """What the child has at an address, up to the first zero; nothing where it has none."""
        with suppress(OSError):
            return os.fsdecode(os.pread(self._memory, _PATH_MAX, address & _ADDRESS).partition(b"\0")[0])
        return ""

    def _count(self, name: str) -> None:
        places = sum(one.startswith("/") for one in self.counts) if name not in self.counts else 0
        self.counts[ELSEWHERE if name.startswith("/") and places >= MOST_PLACES else name] += 1


def _can_be_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return any(events & select.POLLIN for _, events in poll.poll(0))


def hand_over(descriptors: Sequence[int], childs_end: int) -> None:
    """In the child: give away the filter's listener and perhaps its memory, and keep neither them nor the line."""
    with socket.socket(fileno=childs_end) as line:
        socket.send_fds(line, [b"."], descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
