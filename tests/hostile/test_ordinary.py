"""The whole corpus once more as an ordinary user, where root runs the tests: student code then shares our user id."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hostile.cases import CASES

ORDINARY = Path(__file__).parents[1] / "grading" / "ordinary.py"
SCRIPT = Path(__file__).with_name("held.py")
SHARES = 2

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")


def test_every_attack_is_held_from_an_ordinary_user() -> None:
    """It earns what is honest in it, in its time, reaches nothing, is noted, and leaves no folder of a grader."""
    with ExitStack() as stack:
        running = [_started(stack, share) for share in range(SHARES)]
        ended = [(one, *one.communicate()) for one in running]
    assert [errors for one, _, errors in ended if one.returncode] == []
    shares = [json.loads(output) for _, output, _ in ended]
    assert 0 not in {share["uid"] for share in shares}
    wrong = {name: found for share in shares for name, found in share["wrong"].items()}
    assert set(wrong) == {case.name for case in CASES}
    assert {name: found for name, found in wrong.items() if found} == {}
    assert [share["left"] for share in shares] == [[]] * SHARES


def _started(stack: ExitStack, share: int) -> subprocess.Popen[bytes]:
    """Start one share in a folder of its own; the shares are run side by side."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ordinary-"))
    Path(folder).chmod(0o755)
    command = [sys.executable, str(ORDINARY), folder, str(SCRIPT), folder, str(share), str(SHARES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
