"""``gradesmith doctor`` on this machine as it is, and on it as if its kernel lacked something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gradesmith.sandbox.confinement import landlock_abi, seccomp_available

ORDINARY = Path(__file__).parents[1] / "grading" / "ordinary.py"
LACKING = """
import ctypes, sys
from gradesmith.cli.main import main
from gradesmith.sandbox.confinement.bpf import ALLOW, Rule, assemble, blocks_of, errno_verdict
from gradesmith.sandbox.confinement.kernel import call, forbid_new_privileges, machine
from gradesmith.sandbox.confinement.syscalls import number

class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

missing = [Rule(number(name, machine()), errno_verdict(38)) for name in sys.argv.pop(1).split()]
code = assemble(machine().value, None, blocks_of(missing), ALLOW)
forbid_new_privileges()
call("seccomp", 1, 0, Program(len(code) // 8, code))
main()
"""

pytestmark = pytest.mark.skipif(
    not (landlock_abi() and seccomp_available()), reason="student code can't be confined here at all"
)


def doctor(*, lacking: str = "") -> tuple[int, dict]:
    """Ask the doctor, in a process for which some system calls do not exist."""
    return _answer([sys.executable, "-c", LACKING, lacking, "doctor", "--json"])


def ordinary_doctor(*, lacking: str = "") -> tuple[int, dict]:
    """The same from an ordinary user: root needs some of these calls to let go of its rights."""
    with tempfile.TemporaryDirectory(prefix="doctor-") as folder:
        Path(folder).chmod(0o755)
        script = Path(folder, "lacking.py")
        script.write_text(LACKING, encoding="utf-8")
        return _answer([sys.executable, str(ORDINARY), folder, str(script), lacking, "doctor", "--json"])


def _answer(command: list[str]) -> tuple[int, dict]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def granted(command: str, *more: str) -> bool:
    """Whether a program of the system can run a command in namespaces like those of a grading process."""
    wanted = ["--net", "--ipc", "--mount", *more, *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    return subprocess.run(["unshare", *wanted, "sh", "-c", command], capture_output=True, check=False).returncode == 0


def test_every_layer_holds_and_the_rest_is_as_the_machine_grants_it():
    code, found = doctor()
    attempts = [one for layer in found["layers"] for one in layer["attempts"]]
    assert (code, found["refusal"]) == (0, "")
    assert {layer["name"] for layer in found["layers"]} >= {"limits", "landlock", "seccomp"}
    assert len(attempts) > 30
    assert all(one["stopped"] for one in attempts)
    assert ("network" in found["namespaces"]) is granted("true")
    assert ("processes" in found["namespaces"]) is granted("mount -t proc none /proc", "--pid", "--fork")
    assert ("of its own" in found["disk"]) is granted("mount -t tmpfs none /tmp")
    assert ("own disk" in found["confinement"]) is ("of its own" in found["disk"])
    assert found["exchange"]["how"]
    assert bool(found["exchange"]["remedy"]) is not found["exchange"]["apart"]


def test_without_namespaces_the_layers_hold_and_the_doctor_says_what_is_missing():
    code, found = ordinary_doctor(lacking="unshare")
    assert (code, found["refusal"]) == (0, "")
    assert found["namespaces"].startswith("denied here")
    assert found["disk"] == "a folder that is measured ten times a second"
    assert "own" not in found["confinement"]


def test_without_mounts_there_are_namespaces_but_no_disk():
    (_, usual), (code, found) = ordinary_doctor(), ordinary_doctor(lacking="mount")
    assert (code, found["refusal"]) == (0, "")
    assert ("network" in found["namespaces"]) is ("network" in usual["namespaces"])
    assert found["disk"] == "a folder that is measured ten times a second"


def test_without_landlock_nothing_is_graded():
    code, found = doctor(lacking="landlock_create_ruleset landlock_add_rule landlock_restrict_self")
    assert code == 1
    assert found["landlock"] == "not there"
    assert "Landlock" in found["refusal"]
    assert "5.13" in found["remedy"]
