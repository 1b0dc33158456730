"""A naive in-process runner: runs an answer and its checks in one process, and takes exit code 0 for full marks.

It is what graders do that trust student code. An attack that does not fool it is no attack.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUNNER = '''
import importlib.util, inspect, sys, types
import numpy as np

student = types.ModuleType("student")
exec(compile(open("answer.py").read(), "answer.py", "exec"), student.__dict__)
spec = importlib.util.spec_from_file_location("checks", "checks.py")
checks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checks)
for name, check in list(vars(checks).items()):
    if name.startswith("test_"):
        given = {"student": student, "rng": np.random.default_rng(5)}
        check(**{wanted: given[wanted] for wanted in inspect.signature(check).parameters})
'''


def earns_full_marks(folder: Path, answer: str, checks: str, seconds: float = 60) -> bool:
    """Return whether the naive runner gives this answer full marks."""
    (folder / "answer.py").write_text(answer)
    (folder / "checks.py").write_text(checks)
    (folder / "runner.py").write_text(RUNNER)
    done = subprocess.run(
        [sys.executable, "runner.py"], cwd=folder, capture_output=True, check=False, timeout=seconds
    )
    return done.returncode == 0
