"""Has a canary try what is forbidden, in a process prepared like the one that student code is forked from.

The engine asks the same before it runs anything, but only whether all of it held; here every act is told of.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gradesmith.errors import SandboxRefused
from gradesmith.model.assessments import Limits
from gradesmith.sandbox.confinement import choose_identity, readable_roots
from gradesmith.sandbox.confinement.canary import Finding, canary, decoys
from gradesmith.sandbox.confinement.policy import ALL_LAYERS, Layer
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.frames import Channel
from gradesmith.sandbox.live import policy_limits
from gradesmith.sandbox.partners import Lost, Partner, Station
from gradesmith.sandbox.stations import EngineFolder
from gradesmith.sandbox.zygote import close_in, policy_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How each forbidden act went, or why none could be tried, with what to do about that."""

    findings: tuple[Finding, ...] = ()
    refusal: str = ""
    remedy: str = ""


def prove(family: Family) -> Proof:
    """Start a process, confine it as student code is confined, and return what it could do."""
    folder = EngineFolder()
    try:
        identity = choose_identity(0) if os.getuid() == 0 else None
        station = Station(folder=folder.path, identity=identity)
        greeting = {**station.whoever, "trial": policy_limits(Limits(), ALL_LAYERS), "room": None}
        with family.start("proof", station.place("zygote-1"), greeting) as starting:
            return _asked(starting.partner())
    except Lost:
        return Proof(refusal="the canary's process was lost while it started", remedy="Run the same command again.")
    except SandboxRefused as refused:
        return Proof(refusal=refused.message, remedy=refused.remedy)
    finally:
        folder.remove()


def _asked(partner: Partner) -> Proof:
    try:
        told = partner.ready()["findings"]
    finally:
        partner.end()
    return Proof(findings=tuple(map(_finding, told)))


def _finding(told: Mapping[str, Any]) -> Finding:
    return Finding(**{**told, "layer": told["layer"] and Layer(told["layer"])})


def main(channel: Channel) -> None:
    """Be that process: close in, try, tell."""
    started = channel.receive(time.monotonic() + 10).header
    try:
        trial = {**started["trial"], **close_in(started, channel).bounds()}
        with tempfile.TemporaryDirectory(prefix="canary-") as box, decoys(tempfile.gettempdir()) as prey:
            findings = canary(lambda kept: policy_from(trial, box, (kept,), readable_roots()), prey)
    except SandboxRefused as refused:
        channel.send({"event": "refused", "why": refused.message, "remedy": refused.remedy})
    else:
        channel.send({"event": "ready", "findings": [asdict(one) for one in findings]})
