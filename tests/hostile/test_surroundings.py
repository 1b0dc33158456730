"""The look around sees what it is there to see, also where a grading process has kernel objects of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.hostile.surroundings import segments

MAKER = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
assert min(libc.shmget(0x5EC4E8, 4096, 0o1600), libc.msgget(0x5EC4E8, 0o1600), libc.semget(0x5EC4E8, 1, 0o1600)) >= 0
print("made", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a namespace here and look into it")
def test_objects_in_a_namespace_are_seen() -> None:
    """A segment, a queue and a semaphore; the machine itself has none of them."""
    own = list(segments(os.getuid(), os.getpid()))
    maker = ["unshare", "--ipc", sys.executable, "-c", MAKER]
    with subprocess.Popen(maker, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"made\n"
        assert len(list(segments(os.getuid(), process.pid))) == 3
        assert list(segments(os.getuid(), os.getpid())) == own
        process.communicate()
