"""Messages over a socket: a capped JSON header, raw buffers behind it, open files beside it.

    | header length | body length |  header: JSON object  |  body: buffers, end to end  |
       4 bytes         4 bytes      "buffers": [lengths]

Nothing here trusts the other end: lengths are capped before memory is taken, and whatever is not a frame is a
`ProtocolError`.
"""

from __future__ import annotations

import array
import json
import math
import select
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PREFIX = struct.Struct("!II")
PIECES_AT_ONCE = 512
DESCRIPTORS_AT_ONCE = 4
LONGEST_CHARACTER = 12  # two halves, each as \\uXXXX


class ProtocolError(Exception):
    """What came over the wire is not what an honest partner sends."""


class PartnerGone(Exception):
    """The other end was closed."""


class OutOfTime(Exception):
    """The other end did not answer, or did not listen, before the deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How large a message may be, in bytes, buffers, values and levels of nesting.

    ``marks`` are brackets and commas in the header: reading JSON takes time by their number, and while it is read no
    other thread runs. ``spelled`` is how many bytes of the header the values take; the rest is for what stands beside
    them.
    """

    header: int = 16_000_000
    marks: int = 16_000_000
    spelled: int = 14_000_000
    body: int = 64_000_000
    buffers: int = 20_000
    values: int = 1_000_000
    depth: int = 40


def caps_of_outputs(room: int) -> Caps:
    """How large a message with outputs of ``room`` characters may be, each of them spelled out if need be."""
    return Caps(header=LONGEST_CHARACTER * room + 1_000_000, marks=2 * room + 500_000, body=0, buffers=0)


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: its header, its buffers, and the open files that came with it."""

    header: dict[str, Any]
    buffers: tuple[bytes, ...] = ()
    descriptors: tuple[int, ...] = ()


def pack(header: dict[str, Any], buffers: Sequence[bytes] = ()) -> list[bytes]:
    """Lay out a message as pieces to be sent one after the other."""
    text = json.dumps({**header, "buffers": [len(one) for one in buffers]}, separators=(",", ":"), allow_nan=False)
    head = text.encode("ascii")
    return [PREFIX.pack(len(head), sum(map(len, buffers))), head, *buffers]


def lengths(prefix: bytes, caps: Caps) -> tuple[int, int]:
    """Read how long header and body are going to be, and refuse what is too long."""
    head, body = PREFIX.unpack(prefix)
    if head > caps.header or body > caps.body:
        raise ProtocolError(f"a message of {head + body} bytes is too long")
    return head, body


def unpack(head: bytes, body: bytes, caps: Caps) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Read header and buffers back."""
    if sum(map(head.count, (b"[", b"{", b","))) > caps.marks:
        raise ProtocolError("a header of too many parts")
    try:
        header = json.loads(head.decode("ascii"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not JSON") from error
    sizes = header.pop("buffers", None) if isinstance(header, dict) else None
    if not isinstance(sizes, list) or len(sizes) > caps.buffers:
        raise ProtocolError("the header is not an object that lists its buffers")
    if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != len(body):
        raise ProtocolError("the buffers do not fill the body")
    return header, tuple(_cut(body, sizes))


def _refuse_constant(name: str) -> object:
    raise ProtocolError(f"{name} is not JSON")


def _cut(body: bytes, sizes: list[int]) -> list[bytes]:
    pieces, start = [], 0
    for size in sizes:
        pieces.append(body[start : start + size])
        start += size
    return pieces


def remaining(deadline: float | None) -> float | None:
    """The seconds left until a moment of `time.monotonic`; `None` means any time."""
    if deadline is None or math.isinf(deadline):
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left


class Channel:
    """One end of a socket pair that speaks in frames."""

    def __init__(self, sock: socket.socket, caps: Caps | None = None) -> None:
        self.socket = sock
        self.caps = caps or Caps()

    def fileno(self) -> int:
        """The descriptor, for `select` and its kin."""
        return self.socket.fileno()

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def spoke(self) -> bool:
        """Whether something (or the end of all things) waits to be read."""
        poll = select.poll()
        poll.register(self.socket, select.POLLIN)
        return bool(poll.poll(0))

    def send(
        self,
        header: dict[str, Any],
        buffers: Sequence[bytes] = (),
        *,
        descriptors: Sequence[int] = (),
        deadline: float | None = None,
    ) -> None:
        """Send one message, with open files if wanted."""
        pieces = pack(header, buffers)
        try:
            self.socket.settimeout(remaining(deadline))
            if descriptors:
                rights = array.array("i", descriptors).tobytes()
                sent = self.socket.sendmsg([pieces[0]], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
                pieces[0] = pieces[0][sent:]
            self._send_all(pieces, deadline)
        except TimeoutError as error:
            raise OutOfTime from error
        except OSError as error:
            raise PartnerGone from error

    def _send_all(self, pieces: list[bytes], deadline: float | None) -> None:
        few = pieces if len(pieces) <= PIECES_AT_ONCE else [b"".join(pieces)]
        sent = self.socket.sendmsg(few)
        if sent < sum(map(len, few)):
            self.socket.settimeout(remaining(deadline))
            self.socket.sendall(memoryview(b"".join(few))[sent:])

    def receive(self, deadline: float | None = None, *, with_descriptors: bool = False) -> Frame:
        """Wait for one message."""
        try:
            prefix, descriptors = self._receive_prefix(deadline, with_descriptors=with_descriptors)
            head_size, body_size = lengths(prefix, self.caps)
            whole = self._receive_exactly(head_size + body_size, deadline)
        except TimeoutError as error:
            raise OutOfTime from error
        except OSError as error:
            raise PartnerGone from error
        header, buffers = unpack(whole[:head_size], whole[head_size:], self.caps)
        return Frame(header, buffers, descriptors)

    def _receive_prefix(self, deadline: float | None, *, with_descriptors: bool) -> tuple[bytes, tuple[int, ...]]:
        if not with_descriptors:
            return self._receive_exactly(PREFIX.size, deadline), ()
        self.socket.settimeout(remaining(deadline))
        first, descriptors, _, _ = socket.recv_fds(self.socket, PREFIX.size, DESCRIPTORS_AT_ONCE)
        if not first:
            raise PartnerGone
        return first + self._receive_exactly(PREFIX.size - len(first), deadline), tuple(descriptors)

    def _receive_exactly(self, count: int, deadline: float | None) -> bytes:
        buffer = bytearray(count)
        view, done = memoryview(buffer), 0
        while done < count:
            self.socket.settimeout(remaining(deadline))
            got = self.socket.recv_into(view[done:])
            if not got:
                raise PartnerGone
            done += got
        return bytes(buffer)


def pair(caps: Caps | None = None) -> tuple[Channel, socket.socket]:
    """Make a socket pair: our end as a channel, the other end to be given away."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    return Channel(ours, caps), theirs
