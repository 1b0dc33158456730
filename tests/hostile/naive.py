"""Naive graders: what people write who trust student code. An attack on marks that does not fool them is none.

One runs an answer and its checks in one process and takes exit code 0 for full marks. The other runs a notebook as
its metadata says it wants to be: cells that call themselves locked get the instructor's source back, and each cell
that calls itself graded earns what its last expression is, up to the points it says it is worth.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

RUNNER = """
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
"""

NOTEBOOK_RUNNER = """
import ast, json, sys

cells = json.load(open("cells.json"))
main = sys.modules["__main__"].__dict__
earned = worth = 0.0
for cell in cells:
    if cell["cell_type"] != "code":
        continue
    claim = cell["metadata"].get("nbgrader", {})
    result = None
    try:
        lines = [line for line in cell["source"].splitlines() if not line.lstrip().startswith(("%", "!"))]
        tree = ast.parse("\\n".join(lines))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), main)
        result = eval(compile(ast.Expression(last.value), "cell", "eval"), main) if last else None
    except BaseException as problem:
        print(type(problem).__name__, problem, file=sys.stderr)
    if claim.get("grade") and not claim.get("solution"):
        worth += claim["points"]
        earned += min(float(result), claim["points"]) if isinstance(result, (int, float)) else 0.0
json.dump([earned, worth], open("marks.json", "w"))
"""


def earns_full_marks(folder: Path, answer: str, checks: str) -> bool:
    """Return whether the naive runner gives this answer full marks."""
    (folder / "answer.py").write_text(answer)
    (folder / "checks.py").write_text(checks)
    return _run(folder, RUNNER).returncode == 0


def notebook_earns_full_marks(folder: Path, handed_in: bytes, instructors: str, released: str) -> bool:
    """Return whether the naive runner gives this notebook all that the instructor's can earn without a person."""
    planned = json.loads(instructors)["cells"]
    answers = {_claim(cell): cell for cell in json.loads(released)["cells"] if _is_answer(cell)}
    base = {_claim(cell): answers.get(_claim(cell), cell) for cell in planned}
    cells = _merged(json.loads(handed_in)["cells"], base)
    (folder / "cells.json").write_text(json.dumps(cells))
    _run(folder, NOTEBOOK_RUNNER)
    marks = folder / "marks.json"
    if not marks.exists():
        return False
    wanted = sum(
        Fraction(str(cell["metadata"]["nbgrader"]["points"])) for cell in planned if cell["id"].endswith("-check")
    )
    return json.loads(marks.read_text())[0] >= float(wanted)


def _merged(handed_in: list[dict[str, Any]], planned: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What was handed in, with the instructor's source in cells that call themselves locked; the missing put back."""
    first: dict[str, list[dict[str, Any]]] = {}
    anchor = ""
    for cell in handed_in:
        anchor = _claim(cell) if _claim(cell) in planned else anchor
        first.setdefault(anchor, []).append(cell)
    merged = first.pop("", [])
    for name, cell in planned.items():
        for one in first.get(name, [cell]):
            locked = one["metadata"].get("nbgrader", {}).get("locked") and _claim(one) == name
            merged.append({**one, "source": cell["source"]} if locked else one)
    return [{**one, "source": "".join(one["source"])} for one in merged]


def _claim(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", cell.get("id", "")))


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"]["nbgrader"]["solution"])


def _run(folder: Path, runner: str, seconds: float = 60) -> subprocess.CompletedProcess[bytes]:
    (folder / "runner.py").write_text(runner)
    return subprocess.run([sys.executable, "runner.py"], cwd=folder, capture_output=True, check=False, timeout=seconds)
