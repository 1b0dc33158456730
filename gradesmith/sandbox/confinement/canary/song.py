"""Prove by behaviour that confinement holds here: a forked child tries what is forbidden, on decoys.

Versions and configuration files say what should hold; containers, kernels and administrators differ. So before the
first submission a child is confined exactly as a student's would be, tries everything in ``ACTS``, and reports what
got through. It costs two forks and some tens of milliseconds.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.canary import doors, files, itself, network, others
from gradesmith.sandbox.confinement.canary.acts import Act, Decoys, Scene, attempt
from gradesmith.sandbox.confinement.confine import confine
from gradesmith.sandbox.confinement.kernel import PR_SET_DUMPABLE, die_with_parent, prctl
from gradesmith.sandbox.confinement.policy import Layer, Policy
from gradesmith.sandbox.confinement.witness import Witness

_MOST_REPORTED: Final = 1 << 20
_MOST_SECONDS: Final = 30  # an act that hangs must not hang the grader
_FILES: Final = ("secret.txt", "to-move", "to-remove", "to-truncate")

# The doors come last: where one is open, it changes the process.
ACTS: Final[tuple[Act, ...]] = (*itself.ACTS, *files.ACTS, *network.ACTS, *others.ACTS, *doors.ACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one forbidden act went.

    ``layer`` is the wall it should meet first (``None``: it must fail whatever the layers), ``backed`` whether
    another wall stands behind, ``detail`` what the kernel said, or what got through.
    """

    name: str
    layer: Layer | None
    held: bool
    detail: str
    backed: bool = False


@contextmanager
def decoys(folder: str) -> Iterator[Decoys]:
    """Set out things that look worth attacking: a file, a process, listeners, an open descriptor.

    They are made in a new folder under ``folder``, which must be outside every box, and are gone at the end.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix="decoys-") as place:
        for name in _FILES:
            Path(place, name).write_text("a canary's secret", encoding="utf-8")
        secret = Path(place, _FILES[0])
        tcp, udp, abstract, named = _listeners(place)
        with tcp, udp, abstract, named, secret.open("rb") as opened, _bystander() as process:
            yield Decoys(
                folder=place,
                secret=str(secret),
                process=process,
                tcp=tcp.getsockname()[1],
                udp=udp.getsockname()[1],
                abstract=abstract.getsockname(),
                named=named.getsockname(),
                descriptor=opened.fileno(),
            )


def _listeners(place: str) -> tuple[socket.socket, ...]:
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    abstract.bind(f"\0{Path(place).name}-{os.getpid()}")
    abstract.listen()
    named = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    named.bind(f"{place}/socket")
    return tcp, udp, abstract, named


@contextmanager
def _bystander() -> Iterator[int]:
    """Another process of this user that is open to its own user, as an editor or a shell would be."""
    waiting, ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prctl(PR_SET_DUMPABLE, 1)
            die_with_parent(signal.SIGKILL)
            os.close(waiting)
            os.close(ready)
            while True:
                signal.pause()
        finally:
            os._exit(1)
    os.close(ready)
    os.read(waiting, 1)  # ends when the child has closed the last other end
    os.close(waiting)
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def canary(make_policy: Callable[[int], Policy], prey: Decoys) -> tuple[Finding, ...]:
    """Confine a forked child by ``make_policy(descriptor)`` and report how each forbidden act went.

    The descriptor must be kept; the child reports through it. An act that the child did not live to report has not
    held. Raises ``SandboxRefused`` when the child could not be confined at all.
    """
    reading, writing = os.pipe()
    witness = Witness()
    child = os.fork()
    if child == 0:
        os.close(reading)
        witness.line.close()
        _sing(make_policy, prey, writing, witness.childs_end)
    os.close(writing)
    witness.childs_end.close()
    lines = _heard(reading, witness).decode().splitlines()
    _, status = os.waitpid(child, 0)
    told = dict(map(json.loads, lines))
    if "refused" in told:
        raise SandboxRefused(*told["refused"])
    return tuple(_finding(act, told, status) for act in ACTS)


def _heard(reading: int, witness: Witness) -> bytes:
    """All that the child reports until its end, its refused calls being answered meanwhile."""
    report = bytearray()
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    try:
        while len(report) < _MOST_REPORTED:
            asking = witness.fileno()
            if asking >= 0:
                poll.register(asking, select.POLLIN)
            ready = [descriptor for descriptor, _ in poll.poll()]
            if asking in ready:
                witness.hear()
                poll.unregister(asking)
            elif not (more := os.read(reading, _MOST_REPORTED)):
                break
            else:
                report += more
    finally:
        os.close(reading)
        witness.close()
    return bytes(report)


def _sing(make_policy: Callable[[int], Policy], prey: Decoys, writing: int, line: socket.socket) -> None:
    """The child's whole life. Every act is reported before the next, as some may end it."""
    try:
        policy = replace(make_policy(writing), witness=line.detach())
        confine(policy)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_MOST_SECONDS)
        scene = Scene(policy=policy, decoys=prey)
        for act in ACTS:
            _tell(writing, act.name, attempt(act, scene))
    except SandboxRefused as error:
        _tell(writing, "refused", (error.message, error.remedy))
    finally:
        os._exit(0)


def _tell(writing: int, name: str, what: object) -> None:
    os.write(writing, json.dumps((name, what)).encode() + b"\n")


def _finding(act: Act, told: dict[str, tuple[bool, str]], status: int) -> Finding:
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSYS
    unsaid = (True, "killed by the filter") if act.deadly and killed else (False, "the canary died before it could say")
    held, detail = told.get(act.name, unsaid)
    return Finding(name=act.name, layer=act.layer, held=held, detail=detail, backed=act.backed)
