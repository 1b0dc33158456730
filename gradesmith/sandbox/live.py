"""The coordinator's side of one forked child: run a cell, read values, interrupt, end, and watch it all the while."""

from __future__ import annotations

import secrets
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradesmith.errors import SandboxRefused
from gradesmith.model.assessments import Limits
from gradesmith.sandbox.confinement import MOST_ENTRIES, Layer, measure_box
from gradesmith.sandbox.frames import Channel, Frame, OutOfTime, PartnerGone, ProtocolError, caps_of_outputs, pair
from gradesmith.sandbox.partners import FRAME_SECONDS, Partner, speaking
from gradesmith.sandbox.variables import values_from

GLANCE_SECONDS = 0.1
GRACE_SECONDS = 2.0
BIRTH_SECONDS = 30.0
CPU_PER_SECOND = 4


class Died(Exception):
    """The child is no more, or must not be any more.

    ``how`` is ``ended``, ``late``, ``forged``, ``forbidden`` or ``disk``.
    """

    def __init__(self, how: str, detail: str) -> None:
        super().__init__(detail)
        self.how = how
        self.detail = detail


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What the child says of one cell: a status, nbformat outputs (not yet to be trusted), seconds."""

    status: str
    outputs: list[Any]
    seconds: float


class LiveChild:
    """One child, from its fork to its end.

    When it has ended, ``refused`` says which system calls and which places the kernel refused it, and how many times.
    """

    def __init__(self, nursery: Partner, box: Path, limits: Limits, layers: Iterable[Layer]) -> None:
        self.box = box
        self._nursery = nursery
        self._disk = limits.disk_mb * 1_000_000
        self._measured = time.monotonic()
        self._alive = False
        self._status: int | None = None
        self._overran = 0
        self.refused: dict[str, int] = {}
        self._channel, theirs = pair(caps_of_outputs(limits.output_kb * 1000))
        self.checkers_end, for_checker = pair()
        with theirs, for_checker:
            policy = policy_limits(limits, layers)
            wish = {"op": "fork", "box": str(box), "disk": self._disk, "policy": policy}
            nursery.tell(wish, theirs.fileno(), for_checker.fileno())
        event = self._await_event({"forked", "refused"})
        if event["event"] == "refused":
            raise SandboxRefused(event["why"])
        self._alive = True
        try:
            self.confinement = self._greet()
        except BaseException:
            self.end()
            raise

    def _greet(self) -> str:
        """Wait until the child has confined itself, and learn what was reached; raise `SandboxRefused` if nothing."""
        try:
            header = self._reply(self._send({"op": "greet"}), time.monotonic() + BIRTH_SECONDS)
        except (Died, OutOfTime) as error:
            raise SandboxRefused(f"a child could not be confined: {error}", "Run `gradesmith doctor`.") from None
        if "refused" in header:
            raise SandboxRefused(str(header["refused"]), str(header.get("remedy", "")))
        return str(header["confinement"])

    def run_cell(self, source: str, room: int, seconds: float) -> CellAnswer:
        """Run one cell; when its time is up interrupt it, and kill it if it does not heed that."""
        started = time.monotonic()
        nonce = self._send({"op": "cell", "source": source, "room": room})
        try:
            header, interrupted = self._reply(nonce, started + seconds), False
        except OutOfTime:
            self._nursery.tell({"op": "interrupt"})
            header, interrupted = self._last_word(nonce, seconds), True
        status, outputs = header.get("status"), header.get("outputs")
        if status not in {"ran", "raised", "interrupted"} or not isinstance(outputs, list):
            raise Died("forged", "an answer of the wrong form")
        if status == "interrupted" and not interrupted:
            status = "raised"  # a KeyboardInterrupt of the cell's own
        answer = CellAnswer(status, outputs, time.monotonic() - started)
        self.look()
        return answer

    def _last_word(self, nonce: int, seconds: float) -> dict[str, Any]:
        try:
            return self._reply(nonce, time.monotonic() + GRACE_SECONDS)
        except OutOfTime:
            raise Died("late", f"ran longer than {seconds:g} s and did not heed the interrupt") from None

    def read(self, names: Iterable[str], seconds: float) -> dict[str, Any]:
        """Ask for the values of some variables; what is not plain is left out."""
        wanted = list(names)
        nonce = self._send({"op": "read", "names": wanted})
        try:
            return values_from(self._reply(nonce, time.monotonic() + seconds)["values"], wanted)
        except OutOfTime:
            raise Died("late", "did not answer") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Died("forged", "an answer of the wrong form") from None

    def watch(self, other: Channel, deadline: float) -> None:
        """Wait until another channel speaks, the child being alive and its box small; else raise `Died`."""
        while True:
            ready = speaking([other, self._nursery.channel], GLANCE_SECONDS)
            if other in ready:
                return
            if ready:
                self._await_event({"ended"})
                raise self._obituary()
            if time.monotonic() - self._measured > GLANCE_SECONDS:
                self._measure()
            if time.monotonic() > deadline:
                raise OutOfTime

    def look(self) -> None:
        """See at once what is taken of the disk, so that who took too much answers for it: raise `Died` if so."""
        self._measure()
        self._nursery.tell({"op": "look"})
        seen = self._await_event({"looked", "ended"})
        if seen["event"] == "looked" and not seen["disk"]:
            return
        if self._alive:
            self._await_event({"ended"})
        raise self._obituary()

    def end(self) -> None:
        """Kill the child, wait until it is gone, and close its sockets."""
        try:
            if self._alive:
                self._nursery.tell({"op": "kill"})
                self._await_event({"ended"})
        finally:
            self._channel.close()
            self.checkers_end.close()

    def recount(self) -> None:
        """Forget what was refused so far: it was counted in another child."""
        self._nursery.tell({"op": "recount"})

    def kill(self) -> None:
        """Kill the child without waiting."""
        if self._alive:
            self._nursery.tell({"op": "kill"})

    def _send(self, header: dict[str, Any]) -> int:
        nonce = secrets.randbits(63)
        if self._channel.spoke():
            raise self._silence_broken()
        try:
            self._channel.send({"nonce": nonce, **header}, deadline=time.monotonic() + FRAME_SECONDS)
        except PartnerGone:
            raise self._hung_up() from None
        except OutOfTime:
            raise Died("late", "did not listen") from None
        return nonce

    def _silence_broken(self) -> Died:
        try:
            self._channel.receive(time.monotonic() + FRAME_SECONDS)
        except PartnerGone:
            return self._hung_up()
        except (ProtocolError, OutOfTime):
            pass
        return Died("forged", "spoke unasked")

    def _reply(self, nonce: int, deadline: float) -> dict[str, Any]:
        self.watch(self._channel, deadline)
        try:
            frame = self._channel.receive(time.monotonic() + FRAME_SECONDS)
        except PartnerGone:
            raise self._hung_up() from None
        except (ProtocolError, OutOfTime) as error:
            raise Died("forged", f"a malformed answer: {error}") from None
        if frame.header.get("nonce") != nonce:
            raise Died("forged", "the answer to another question")
        return frame.header

    def _measure(self) -> None:
        self._measured = time.monotonic()
        size = measure_box(str(self.box), most_entries=MOST_ENTRIES)
        if size.bytes > self._disk or size.entries >= MOST_ENTRIES:
            raise Died("disk", f"wrote {size.bytes / 1e6:.0f} MB in {size.entries} files")

    def _hung_up(self) -> Died:
        """The socket is closed: because the process ended, or because student code closed it."""
        if self._alive and not speaking([self._nursery.channel], GRACE_SECONDS):
            return Died("forged", "closed the grader's socket")
        if self._alive:
            self._await_event({"ended"})
        return self._obituary()

    def _await_event(self, wanted: set[str]) -> dict[str, Any]:
        """Read the zygote's messages up to a wanted one."""
        while True:
            frame: Frame = self._nursery.listen()
            if frame.header["event"] == "ended" and self._alive:
                self._alive, self._status, self._overran = False, frame.header["status"], frame.header["disk"]
                self.refused = frame.header["refused"]
            if frame.header["event"] in wanted:
                return frame.header

    def _obituary(self) -> Died:
        status = self._status
        if self._overran:
            return Died("disk", f"wrote {self._overran / 1e6:.0f} MB")
        if status is None or status >= 0:
            return Died("ended", f"the process ended itself (exit status {status})")
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"signal {-status}"
        how = {"SIGXCPU": "late", "SIGSYS": "forbidden"}.get(name, "ended")
        return Died(how, f"the process was ended by {name}")


def policy_limits(limits: Limits, layers: Iterable[Layer]) -> dict[str, Any] | None:
    """The policy of a child as it travels to the zygote; ``None`` for an unconfined one."""
    chosen = sorted(layers)
    if not chosen:
        return None
    return {
        "memory_mb": limits.memory_mb,
        "cpu_seconds": int(limits.submission_seconds * CPU_PER_SECOND) + 1,
        "file_mb": limits.disk_mb,
        "processes": limits.processes,
        "layers": chosen,
    }
