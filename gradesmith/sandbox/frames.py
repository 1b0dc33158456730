"""Messages over a socket: a capped JSON header, raw buffers behind it, open files beside it.

    | header length | body length |  header: JSON object  |  body: buffers, end to end  |
       4 bytes         4 bytes      "buffers": [lengths], where there are any

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
AT_ONCE = 16_384
DESCRIPTORS_AT_ONCE = 4
LONGEST_CHARACTER = 12  # two halves, each as \\uXXXX
ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


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


USUAL = Caps()


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
    listed = {**header, "buffers": list(map(len, buffers))} if buffers else header
    head = ENCODER.encode(listed).encode("ascii")
    return [PREFIX.pack(len(head), sum(map(len, buffers))), head, *buffers]


def lengths(prefix: bytes, caps: Caps) -> tuple[int, int]:
    """Read how long header and body are going to be, and refuse what is too long."""
    head, body = PREFIX.unpack(prefix)
    if head > caps.header or body > caps.body:
        raise ProtocolError(f"a message of {head + body} bytes is too long")
    return head, body


def unpack(head: bytes, body: bytes, caps: Caps) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Read header and buffers back."""
    if len(head) > caps.marks and sum(map(head.count, (b"[", b"{", b","))) > caps.marks:
        raise ProtocolError("a header of too many parts")
    try:
        header, end = DECODER.raw_decode(head.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not JSON") from error
    sizes = header.pop("buffers", []) if isinstance(header, dict) and end == len(head) else None
    if not isinstance(sizes, list) or len(sizes) > caps.buffers:
        raise ProtocolError("the header is not an object that lists its buffers")
    if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != len(body):
        raise ProtocolError("the buffers do not fill the body")
    return header, tuple(_cut(body, sizes))


def _refuse_constant(name: str) -> object:
    raise ProtocolError(f"{name} is not JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


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
        self.caps = caps or USUAL
        sock.settimeout(None)  # every wait that has an end is a poll
        self._incoming, self._outgoing = select.poll(), select.poll()
        self._incoming.register(sock, select.POLLIN)
        self._outgoing.register(sock, select.POLLOUT)

    def fileno(self) -> int:
        """The descriptor, for `select` and its kin."""
        return self.socket.fileno()

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def spoke(self) -> bool:
        """Whether something (or the end of all things) waits to be read."""
        return bool(self._incoming.poll(0))

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
        few = pieces if len(pieces) <= PIECES_AT_ONCE else [b"".join(pieces)]
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors).tobytes())]
        try:
            sent = self._send_some(few, rights if descriptors else [], deadline)
            if sent < sum(map(len, few)):
                self._send_rest(memoryview(b"".join(few))[sent:], deadline)
        except OSError as error:
            raise PartnerGone from error

    def _send_some(self, pieces: Sequence[bytes | memoryview], rights: list[Any], deadline: float | None) -> int:
        """Send what the socket takes at once; where it takes nothing, wait until it takes something."""
        if deadline is None:
            return self.socket.sendmsg(pieces, rights)
        while True:
            left = remaining(deadline)
            try:
                return self.socket.sendmsg(pieces, rights, socket.MSG_DONTWAIT)
            except BlockingIOError:
                _await(self._outgoing, left)

    def _send_rest(self, rest: memoryview, deadline: float | None) -> None:
        while rest:
            rest = rest[self._send_some([rest], [], deadline) :]

    def receive(self, deadline: float | None = None, *, with_descriptors: bool = False) -> Frame:
        """Wait for one message."""
        try:
            prefix, descriptors = self._receive_prefix(deadline, with_descriptors=with_descriptors)
            head_size, body_size = lengths(prefix, self.caps)
            whole = self._receive_exactly(head_size + body_size, deadline)
        except OSError as error:
            raise PartnerGone from error
        header, buffers = unpack(whole[:head_size], whole[head_size:], self.caps)
        return Frame(header, buffers, descriptors)

    def _receive_prefix(self, deadline: float | None, *, with_descriptors: bool) -> tuple[bytes, tuple[int, ...]]:
        if not with_descriptors:
            return self._receive_exactly(PREFIX.size, deadline), ()
        self._await_more(deadline)
        first, descriptors, _, _ = socket.recv_fds(self.socket, PREFIX.size, DESCRIPTORS_AT_ONCE)
        if not first:
            raise PartnerGone
        return first + self._receive_exactly(PREFIX.size - len(first), deadline), tuple(descriptors)

    def _receive_exactly(self, count: int, deadline: float | None) -> bytes:
        if not count:
            return b""
        self._await_more(deadline)
        first = self.socket.recv(min(count, AT_ONCE))
        if len(first) == count:
            return first
        buffer = bytearray(count)
        view, done = memoryview(buffer), len(first)
        view[:done] = first
        while first and done < count:
            self._await_more(deadline)
            if not (got := self.socket.recv_into(view[done:])):
                break
            done += got
        if done < count:
            raise PartnerGone
        return bytes(buffer)

    def _await_more(self, deadline: float | None) -> None:
        if deadline is not None:
            _await(self._incoming, remaining(deadline))


def _await(poll: select.poll, seconds: float | None) -> None:
    if not poll.poll(None if seconds is None else 1000 * seconds):
        raise OutOfTime


def pair(caps: Caps | None = None) -> tuple[Channel, socket.socket]:
    """Make a socket pair: our end as a channel, the other end to be given away."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    return Channel(ours, caps), theirs
