"""The checker process: one real pytest session that runs the checks of many submissions.

It has the check library and never a student's code. Each request names a file and its checks; the answers go back one
by one. What a check asks of the notebook goes over the socket to the student's process (`proxy`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.checking import CHECKS, CheckingSession
from gradesmith.sandbox.confinement import (
    Identity,
    Layer,
    Policy,
    confine,
    drop_privileges,
    make_undumpable,
    prepare_zygote,
    readable_roots,
)
from gradesmith.sandbox.forking import arrive
from gradesmith.sandbox.frames import Channel, PartnerGone


def write_library(folder: Path, library: dict[str, str]) -> None:
    """Write the check files; their names must stay within the folder."""
    folder.mkdir()
    for name, source in library.items():
        path = folder / name
        if Path(name).is_absolute() or ".." in Path(name).parts or path.suffix != ".py":
            raise SandboxRefused(f"{name!r} can't be the name of a check file", "Use a relative path ending in .py.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


def close_in(started: dict[str, Any], folder: Path, control: int) -> str:
    """Give up everything but the folder and the control socket; say what was reached."""
    if started["uid"] is not None:
        identity = Identity(started["uid"], started["gid"])
        prepare_zygote(identity, tuple(path for path in readable_roots() if not path.startswith("/proc/")))
        drop_privileges(identity)
    make_undumpable()
    if not started["layers"]:
        return "none"
    policy = Policy(
        read=readable_roots(),
        write=(str(folder),),
        keep=(control,),
        memory_mb=started["memory_mb"],
        cpu_seconds=10**6,
        file_mb=50,
        layers=frozenset(map(Layer, started["layers"])),
    )
    return str(confine(policy))


def main(channel: Channel) -> None:
    """Become a checker: confine, collect, serve. The libraries are loaded."""
    arrive(channel, os.getpid())
    started = channel.receive().header
    folder = Path(started["folder"])
    try:
        confinement = close_in(started, folder, channel.fileno())
        os.umask(0o077)
        write_library(folder / CHECKS, started["library"])
    except SandboxRefused as refusal:
        channel.send({"event": "refused", "why": refusal.message, "remedy": refusal.remedy})
        return
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as we live
    os.chdir(folder)
    try:
        CheckingSession(channel, folder, confinement).run()
    except PartnerGone:
        return
