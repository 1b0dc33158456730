"""Says whether student code can be confined here: a canary tries what is forbidden, then the engine starts."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from gradesmith.course.exchange.proving import Kept, prove_exchange
from gradesmith.course.exchange.settings import exchange_root
from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import Layer, landlock_abi, seccomp_available
from gradesmith.sandbox.confinement.canary import Finding
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.proof import prove

LIBRARY = {"checks_none.py": "def test_nothing():\n    pass\n"}
ALL_OF_THEM = "all together"
NAMESPACES: Mapping[str, str] = MappingProxyType(
    {"net": "network", "ipc": "messages and semaphores", "user": "users", "pid": "processes", "disk": "mounts"}
)
GUARDS: Mapping[str, str] = MappingProxyType(
    {
        Layer.LIMITS: "memory, time, open files, environment",
        Layer.LANDLOCK: "files, other people's processes",
        Layer.SECCOMP: "network, programs, signals, the kernel",
        ALL_OF_THEM: "rights",
    }
)
REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        Layer.LIMITS: "start gradesmith from a plain shell: what starts it may hand rights and open files on",
        Layer.LANDLOCK: "boot a kernel of 5.13 or later with Landlock switched on (cat /sys/kernel/security/lsm)",
        Layer.SECCOMP: "boot a kernel with seccomp filters, or allow them in the container's profile",
        ALL_OF_THEM: "run gradesmith as an ordinary user, without capabilities",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One forbidden act: whether it was stopped, and what the kernel said or what got through."""

    act: str
    stopped: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerReport:
    """What was tried against one layer, and what to do where something got through."""

    name: str
    guards: str
    attempts: tuple[Attempt, ...]
    remedy: str

    @property
    def holes(self) -> tuple[Attempt, ...]:
        """What got through."""
        return tuple(one for one in self.attempts if not one.stopped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What this machine offers and what the canary found.

    ``refusal`` says why student code can't be confined here, if it can't, and ``remedy`` what to do about it.
    """

    facts: dict[str, str]
    layers: tuple[LayerReport, ...] = ()
    confinement: str = ""
    refusal: str = ""
    remedy: str = ""


def examine_machine() -> Examined:
    """Look at the kernel, have a canary try what is forbidden, and start an engine if all of that was stopped."""
    abi = landlock_abi()
    facts = {
        "system": f"{platform.system()} {platform.release()} on {platform.machine()}",
        "python": platform.python_version(),
        "landlock": f"version {abi}" if abi else "not there",
        "seccomp": "there" if seccomp_available() else "not there",
        "run by": "root: each grading process becomes a user of its own" if os.getuid() == 0 else "an ordinary user",
    }
    with Family() as family:
        return _examined(facts, family)


def _examined(facts: dict[str, str], family: Family) -> Examined:
    proof = prove(family)
    layers = tuple(_by_layer(proof.findings))
    holes = [one for layer in layers for one in layer.holes]
    if proof.refusal or holes:
        refusal = proof.refusal or f"student code can't be confined here: {len(holes)} of its ways out are open"
        return Examined(facts=facts, layers=layers, refusal=refusal, remedy=proof.remedy)
    try:
        with Engine(LIBRARY, premises=Premises(family=family)) as engine:
            return Examined(facts=facts | _of_their_own(engine), layers=layers, confinement=engine.confinement)
    except SandboxRefused as refused:
        return Examined(facts=facts, layers=layers, refusal=refused.message, remedy=refused.remedy)


def examine_exchange(folder: Path, root: Path | None) -> Kept:
    """Try whether nbgrader's exchange keeps students from each other's forms: ``root``, or the one of this folder."""
    return prove_exchange(exchange_root(folder) if root is None else root)


def _of_their_own(engine: Engine) -> dict[str, str]:
    """What the machine grants grading processes beside the layers, and what it costs where it is denied."""
    spaces = ", ".join(words for name, words in NAMESPACES.items() if name in engine.own)
    disk = "of its own: limited by the kernel, and out of others' sight"
    return {
        "namespaces": spaces or "denied here: the layers have to do without a second wall",
        "disk": disk if "disk" in engine.own else "a folder that is measured ten times a second",
    }


def _by_layer(findings: tuple[Finding, ...]) -> list[LayerReport]:
    """Gather the findings by the wall that they should have met, each with what mends it."""
    attempts: dict[str, list[Attempt]] = {}
    for one in findings:
        attempt = Attempt(act=one.name, stopped=one.held, detail=one.detail)
        attempts.setdefault(one.layer.value if one.layer else ALL_OF_THEM, []).append(attempt)
    return [
        LayerReport(name=name, guards=GUARDS[name], attempts=tuple(those), remedy=REMEDIES[name])
        for name, those in attempts.items()
    ]
