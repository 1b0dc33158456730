"""A little zygote for the tests of confinement: started by them as a program, speaks JSON on standard output.

Usage: confinement_zygote.py MODE FOLDER [ARGUMENT…]   (FOLDER holds an empty ``box`` and an empty ``outside``)
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import gradesmith
from gradesmith.sandbox.confinement import (
    ALL_LAYERS,
    Layer,
    Policy,
    choose_identity,
    confine,
    drop_privileges,
    make_undumpable,
    prepare_zygote,
    readable_roots,
)
from gradesmith.sandbox.confinement.canary import canary, decoys

PACKAGE = str(Path(gradesmith.__file__).parent)


class Ground:
    """Where one test takes place."""

    def __init__(self, folder: str) -> None:
        self.box, self.outside = f"{folder}/box", f"{folder}/outside"
        self.roots = readable_roots()

    def policy(self, *keep: int, **changes: object) -> Policy:
        plain = Policy(
            read=self.roots, write=(self.box,), keep=keep, memory_mb=512, cpu_seconds=30, file_mb=32, open_files=128
        )
        return replace(plain, **changes)


def become_ordinary(folder: str) -> None:
    """Root takes the way it takes in earnest; everybody else is ordinary already."""
    if os.geteuid() == 0:
        identity = choose_identity()
        for place in (folder, f"{folder}/box", f"{folder}/outside"):
            os.chown(place, identity.uid, identity.gid)
        prepare_zygote(identity, (sys.prefix, sys.base_prefix, PACKAGE, str(Path(__file__).parent)))
        drop_privileges(identity)
    make_undumpable()


def timed(results: Iterator[tuple[str, dict[str, object]]]) -> dict[str, object]:
    """Collect results, each with the seconds it took."""
    collected: dict[str, object] = {}
    before = time.monotonic()
    for name, result in results:
        now = time.monotonic()
        collected[name] = result | {"seconds": round(now - before, 3)}
        before = now
    return collected


def in_child(task: Callable[[], object], policy: Callable[[int], Policy]) -> dict[str, object]:
    """Run a task in a confined child; its result, or its traceback, and how the child ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            confine(policy(writing))
            try:
                said = {"result": task()}
            except BaseException:  # noqa: BLE001 -- told to the test
                said = {"raised": traceback.format_exc()}
            os.write(writing, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _, status = os.waitpid(child, 0)
    return {"status": status, **json.loads(answer or "{}")}


def run_courses(ground: Ground) -> dict[str, object]:
    """Each piece of honest code in a child of its own."""
    sys.path.insert(0, str(Path(__file__).parent))
    import confinement_courses

    tasks = {name[7:]: task for name, task in vars(confinement_courses).items() if name.startswith("course_")}
    return timed((name, in_child(task, ground.policy)) for name, task in tasks.items())


def run_attacks(ground: Ground) -> dict[str, object]:
    """Attacks that need more than the canary's one child."""
    sys.path.insert(0, str(Path(__file__).parent))
    import confinement_attacks

    tasks = {name[7:]: task for name, task in vars(confinement_attacks).items() if name.startswith("attack_")}
    return timed(
        (name, in_child(task, lambda keep, task=task: ground.policy(keep, **getattr(task, "policy", {}))))
        for name, task in tasks.items()
    )


def sing(ground: Ground) -> dict[str, object]:
    """The canary under all layers, without each, with older Landlocks, and with processes."""
    variations: dict[str, dict[str, object]] = {"all": {}, "processes": {"processes": True}}
    variations |= {f"without {layer}": {"layers": ALL_LAYERS - {layer}} for layer in Layer}
    variations |= {"believed to be alone": {"alone": True}}
    variations |= {f"Landlock {abi}": {"landlock_at_most": abi} for abi in range(1, 7)}
    songs: dict[str, object] = {}
    for name, changes in variations.items():
        with decoys(ground.outside) as prey:
            findings = canary(lambda keep, changes=changes: ground.policy(keep, **changes), prey)
        songs[name] = [(one.name, one.layer, one.held, one.backed, one.detail) for one in findings]
    return songs


def main() -> None:
    mode, folder = sys.argv[1:3]
    os.chdir("/")
    become_ordinary(folder)
    modes = {"courses": run_courses, "attacks": run_attacks, "canary": sing}
    json.dump(modes[mode](Ground(folder)), sys.stdout)


if __name__ == "__main__":
    main()
