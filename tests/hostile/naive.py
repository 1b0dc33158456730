"""Naive graders: what people write who trust student code. An attack on marks that fools none of them is none.

Of an answer, one takes exit code 0 for full marks, one reads what was printed about each check, and one runs the checks
as a cell of the same shell and looks for a traceback. Of a notebook, both believe its metadata: cells that call
themselves locked get the instructor's source back, and each cell that calls itself graded earns what its last
expression is, up to the points it says it is worth. One of them has an IPython shell for that, and like nbgrader gives
a cell that shows neither a number nor a traceback everything.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

NAMES = re.compile(r"^def (test_\w+)", re.MULTILINE)

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

PRINTING_RUNNER = """
import importlib.util, inspect, types
import numpy as np

student = types.ModuleType("student")
exec(compile(open("answer.py").read(), "answer.py", "exec"), student.__dict__)
spec = importlib.util.spec_from_file_location("checks", "checks.py")
checks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checks)
for name, check in list(vars(checks).items()):
    if name.startswith("test_"):
        given = {"student": student, "rng": np.random.default_rng(5)}
        try:
            check(**{wanted: given[wanted] for wanted in inspect.signature(check).parameters})
        except Exception:
            print(name, "FAILED")
        else:
            print(name, "PASSED")
"""

SHELL = """
import sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

shell = InteractiveShell.instance()


def showed(source):
    with capture_output() as shown:
        outcome = shell.run_cell(source)
    text = shown.stdout + shown.stderr
    print(text, file=sys.__stderr__)
    return "Traceback" in text, getattr(outcome, "result", None)
"""

CALLS = """
import inspect, __main__
import numpy as np
for name, check in list(globals().items()):
    if name.startswith("test_"):
        given = {"student": __main__, "rng": np.random.default_rng(5)}
        check(**{wanted: given[wanted] for wanted in inspect.signature(check).parameters})
"""

SHELL_RUNNER = f"""
{SHELL}
showed(open("answer.py").read())
failed, _ = showed(open("checks.py").read() + {CALLS!r})
sys.exit(failed)
"""

NOTEBOOK_SHELL_RUNNER = f"""
import json
{SHELL}
earned = worth = 0.0
for cell in json.load(open("cells.json")):
    if cell["cell_type"] != "code":
        continue
    failed, value = showed(cell["source"])
    claim = cell["metadata"].get("nbgrader", {{}})
    if claim.get("grade") and not claim.get("solution"):
        worth += claim["points"]
        share = min(float(value), claim["points"]) if isinstance(value, (int, float)) else claim["points"]
        earned += 0.0 if failed else share
json.dump([earned, worth], open("marks.json", "w"))
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


# What is run, and whether the verdicts it prints count, rather than how it ends
GRADERS = ((RUNNER, False), (PRINTING_RUNNER, True), (SHELL_RUNNER, False))
NOTEBOOK_GRADERS = (NOTEBOOK_RUNNER, NOTEBOOK_SHELL_RUNNER)


def full_marks(folder: Path, answer: str, checks: str) -> Iterator[bool]:
    """Say of one naive grader after the other whether it gives this answer full marks."""
    (folder / "answer.py").write_text(answer)
    (folder / "checks.py").write_text(checks)
    wanted = {f"{name} PASSED" for name in NAMES.findall(checks)}
    for runner, reads in GRADERS:
        done = _run(folder, runner)
        yield wanted <= set(done.stdout.decode(errors="replace").splitlines()) if reads else done.returncode == 0


def notebook_full_marks(folder: Path, handed_in: bytes, instructors: str, released: str) -> Iterator[bool]:
    """Say of one naive grader after the other whether a notebook gets all that it can earn there without a person."""
    planned = json.loads(instructors)["cells"]
    answers = {_claim(cell): cell for cell in json.loads(released)["cells"] if _is_answer(cell)}
    base = {_claim(cell): answers.get(_claim(cell), cell) for cell in planned}
    cells = _merged(json.loads(handed_in)["cells"], base)
    (folder / "cells.json").write_text(json.dumps(cells))
    wanted = sum(
        Fraction(str(cell["metadata"]["nbgrader"]["points"])) for cell in planned if cell["id"].endswith("-check")
    )
    marks = folder / "marks.json"
    for runner in NOTEBOOK_GRADERS:
        marks.unlink(missing_ok=True)
        _run(folder, runner)
        yield marks.exists() and json.loads(marks.read_text())[0] >= float(wanted)


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
