"""Says whether student code can be confined on this machine, by starting the engine, canary and all."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import landlock_abi, seccomp_available
from gradesmith.sandbox.engine import Engine

LIBRARY = {"checks_none.py": "def test_nothing():\n    pass\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What this machine offers; ``refusal`` says why student code can't be confined here, if it can't."""

    facts: dict[str, str]
    confinement: str = ""
    refusal: str = ""


def examine_machine() -> Examined:
    """Look at the kernel, then start an engine, whose canary tries what is forbidden."""
    abi = landlock_abi()
    facts = {
        "system": f"{platform.system()} {platform.release()} on {platform.machine()}",
        "python": platform.python_version(),
        "landlock": f"version {abi}" if abi else "not there",
        "seccomp": "there" if seccomp_available() else "not there",
        "run by": "root: each grading process becomes a user of its own" if os.getuid() == 0 else "an ordinary user",
    }
    try:
        with Engine(LIBRARY) as engine:
            return Examined(facts=facts, confinement=engine.confinement)
    except SandboxRefused as refused:
        return Examined(facts=facts, refusal=refused.message)
