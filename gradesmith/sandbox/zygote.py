"""The process whose children run notebooks: forked warm, it forks one confined child per run. It holds no secret.

It never loads the bank, forms, keys or checks; it knows only where boxes are. The coordinator speaks to it over one
socket, and hands it the two sockets that the next child is to have.
"""

from __future__ import annotations

import gc
import math
import os
import select
import signal
import socket
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.boxes import empty_box
from gradesmith.sandbox.child import Birth, live
from gradesmith.sandbox.confinement import (
    Ground,
    Identity,
    Layer,
    Policy,
    Reach,
    Room,
    Witness,
    adopt_orphans,
    bytes_taken,
    drop_privileges,
    enter_namespaces,
    foresee,
    make_undumpable,
    places,
    prepare_zygote,
    readable_roots,
    surveyed,
    tasks_of,
)
from gradesmith.sandbox.confinement.canary import canary, decoys
from gradesmith.sandbox.forking import arrive
from gradesmith.sandbox.frames import Channel, Frame, PartnerGone
from gradesmith.sandbox.shell import NotebookShell, hear

GLANCE_SECONDS = 0.1
COUNT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a zygote has come to: the namespaces of its own, and where the machine's processes can be counted."""

    own: frozenset[str]
    proc: int

    @property
    def alone(self) -> bool:
        """Whether it is the first process of a namespace of processes."""
        return "pid" in self.own

    def bounds(self) -> dict[str, Any]:
        """What a child's policy says of the processes around it."""
        return {"tasks": tasks_of(os.getuid(), self.proc), "alone": self.alone}


class Zygote:
    """Forks children on request, at most one alive at a time.

    ``room`` is the disk of its own in which they work one after the other; without one, each works in its box.
    ``ground`` is what they may ask for without being noted.
    """

    def __init__(self, channel: Channel, shell: NotebookShell, place: Place, room: str, ground: Ground) -> None:
        self._channel = channel
        self._ground = ground
        self._shell = shell
        self._place = place
        self._room = room
        self._read = readable_roots()
        self._around: dict[str, Any] = {}
        self._counted = -math.inf
        self._most = 0
        self._taken = 0
        self._looked = 0.0
        self._child = 0
        self._watch = -1
        self._witness: Witness | None = None

    def serve(self) -> None:
        """Do what the coordinator asks, and tell it when a child ends; return when it hangs up."""
        while True:
            for descriptor in self._ready():
                if descriptor == self._watch:
                    self._reap()
                elif self._witness is not None and descriptor == self._witness.fileno():
                    self._witness.hear()
                elif descriptor == self._channel.fileno():
                    self._obey(self._channel.receive(with_descriptors=True))

    def end(self) -> None:
        """Leave no child behind."""
        if self._child:
            _kill(self._child)

    def _ready(self) -> list[int]:
        """What has something to say: the child's end first, and last the coordinator, who may want the next child."""
        poll = select.poll()
        asking = -1 if self._witness is None else self._witness.fileno()
        order = [self._watch, asking, self._channel.fileno()]
        for descriptor in order:
            if descriptor >= 0:
                poll.register(descriptor, select.POLLIN)
        ready: list[tuple[int, int]] = []
        while not ready:
            ready = poll.poll(1000 * GLANCE_SECONDS if self._child and self._room else None)
            if time.monotonic() - self._looked > GLANCE_SECONDS:  # however much the child has to say
                self._look()
        return sorted((descriptor for descriptor, _ in ready), key=order.index)

    def _look(self) -> None:
        """End a child that has taken more of its room than it may."""
        self._looked = time.monotonic()
        taken = bytes_taken(self._room) if self._child and self._room else 0
        if taken > self._most and not self._taken:
            self._taken = taken
            _kill(self._child)

    def _obey(self, frame: Frame) -> None:
        match frame.header["op"]:
            case "fork":
                self._fork(frame)
            case "interrupt" if self._child:
                os.kill(self._child, signal.SIGINT)
            case "kill" if self._child:
                _kill(self._child)
            case "look":
                self._look()
                self._channel.send({"event": "looked", "disk": self._taken if self._child else 0})
            case "recount" if self._witness is not None:
                self._witness.counts.clear()

    def _fork(self, frame: Frame) -> None:
        if self._child:
            _kill(self._child)
            self._reap()
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - no Path is needed of a count
        if threads != 1:
            self._channel.send({"event": "refused", "why": f"the zygote has {threads} threads"})
            return
        witness = Witness()
        birth = self._birth(frame, witness)
        child = os.fork()
        if child == 0:
            witness.line.close()
            _leave_to(birth.policy, witness.childs_end)
            live(birth, self._shell)
        witness.childs_end.close()
        witness.reach = Reach(self._ground, birth.box, child)
        for descriptor in frame.descriptors:
            os.close(descriptor)
        self._child, self._witness = child, witness
        self._most, self._taken = frame.header["disk"], 0
        self._watch = os.pidfd_open(child)
        self._channel.send({"event": "forked"})

    def _birth(self, frame: Frame, witness: Witness) -> Birth:
        coordinator, checker = frame.descriptors
        given, limits = frame.header["box"], frame.header["policy"]
        box = self._room or given
        policy = None
        if limits is not None:
            bounds = {**limits, **self._bounds(), "witness": witness.childs_end.fileno()}
            policy = policy_from(bounds, box, (coordinator, checker), self._read)
            if policy.processes and self._room:
                # Shared memory too, where its semaphores are. Without a room that would be everybody's.
                policy = replace(policy, write=places(self._room))
        return Birth(coordinator, checker, box, policy, given if self._room else "")

    def _bounds(self) -> dict[str, Any]:
        """What a child's policy says of the processes around it; to count those of the machine takes its time."""
        if time.monotonic() - self._counted > COUNT_SECONDS:
            self._around, self._counted = self._place.bounds(), time.monotonic()
        return self._around

    def _reap(self) -> None:
        _kill(self._child)  # it has ended, but may have forked others
        if self._place.alone:
            _sweep()
        _, status = os.waitpid(self._child, 0)
        _wait_for(-1 if self._place.alone else -self._child)
        witness, self._witness = self._witness, None
        refused = {} if witness is None else dict(witness.counts)
        if witness is not None:
            witness.close()
        os.close(self._watch)
        self._child, self._watch = 0, -1
        if self._room:
            for place in places(self._room):
                empty_box(Path(place))
        status = os.waitstatus_to_exitcode(status)
        self._channel.send({"event": "ended", "status": status, "disk": self._taken, "refused": refused})


def _kill(child: int) -> None:
    """Kill a child with its whole session; it is ours and not yet reaped, so its number can't be another's."""
    if os.getsid(child) == child:
        os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)


def _sweep() -> None:
    """As process 1 of a namespace: kill everybody else there."""
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)


def _wait_for(those: int) -> None:
    """Wait until all that a child has left behind is gone; killed with it, and ours since it ended."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(those, 0)


def _leave_to(policy: Policy | None, line: socket.socket) -> None:
    """Leave a descriptor open for whoever applies the policy; without one, nobody needs it."""
    if policy is None:
        line.close()
    else:
        line.detach()


def policy_from(limits: dict[str, Any], box: str, keep: tuple[int, ...], read: tuple[str, ...]) -> Policy:
    """The policy of a child that works in ``box`` and may read these folders, from limits as they travel."""
    layers = frozenset(map(Layer, limits["layers"]))
    return Policy(read=read, write=(box,), keep=keep, **{**limits, "layers": layers})


def main(channel: Channel) -> None:
    """Become a zygote: close in, prove, serve. The one shell of this process is warm."""
    started = channel.receive().header
    try:
        place = close_in(started, channel)
        shell: NotebookShell = NotebookShell.instance()
        hear(shell)
        if started["trial"] is not None:
            prove({**started["trial"], **place.bounds()})
    except SandboxRefused as refusal:
        channel.send({"event": "refused", "why": refusal.message, "remedy": refusal.remedy})
        return
    foresee()
    gc.collect()
    gc.freeze()
    channel.send({"event": "ready", "namespaces": sorted(place.own)})
    adopt_orphans()
    room = started["room"]["path"] if "disk" in place.own else ""
    zygote = Zygote(channel, shell, place, room, surveyed())
    try:
        zygote.serve()
    except PartnerGone:
        zygote.end()


def close_in(started: dict[str, Any], channel: Channel) -> Place:
    """Give up network, rights and readable memory, and say what was reached.

    Says on the way that it has arrived: where processes can be left, it is a child that goes on.
    """
    room = Room(**started["room"]) if started["room"] is not None else None
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    namespaces = enter_namespaces(room) if started["trial"] is not None else frozenset()
    arrive(channel, int(os.readlink("self", dir_fd=proc)))
    if started["uid"] is not None:
        identity = Identity(started["uid"], started["gid"])
        prepare_zygote(identity, tuple(path for path in readable_roots() if not path.startswith("/proc/")))
        drop_privileges(identity)
    make_undumpable()
    return Place(namespaces, proc)


def prove(limits: dict[str, Any]) -> None:
    """Have a canary try what is forbidden, on decoys; raise `SandboxRefused` when something got through."""
    with tempfile.TemporaryDirectory(prefix="canary-") as box, decoys(tempfile.gettempdir()) as prey:
        findings = canary(lambda descriptor: policy_from(limits, box, (descriptor,), readable_roots()), prey)
    escaped = [f"{finding.name} ({finding.detail})" for finding in findings if not finding.held]
    if escaped:
        raise SandboxRefused(f"confinement leaks here: {'; '.join(escaped)}", "Run `gradesmith doctor`.")
