"""Answers to a coding task that must earn nothing: junk, and the examples typed in. As source texts."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Mapping

from gradesmith.workflows.verify import recorder

# What each function of the starter does instead of its work.
JUNK: Mapping[str, str] = {
    "None": "return None",
    "NaN": 'return float("nan")',
    "zero": "return 0",
    "a wrong shape": "return np.zeros((3, 2))",
    "a wrong dtype": 'return np.array(["a", None], dtype=object)',
    "an empty list": "return []",
    "its own argument": "return args[0] if args else None",
    "an exception": 'raise ValueError("junk")',
}
COSTLY_JUNK: Mapping[str, str] = {
    "an endless loop": "while True:\n{indent}    pass",
    "a huge allocation": "return bytearray(20_000_000_000)",
    "a flood of output": 'for _ in range(500):\n{indent}    print("x" * 100_000)',
}
RECORDED = """

gradesmith_recorder = {{"__name__": "gradesmith_recorder"}}
exec({recorder!r}, gradesmith_recorder)
{call}
"""


def public_names(starter: str) -> list[str]:
    """Return the names that a starter asks the student to define: functions and classes."""
    return [node.name for node in _definitions(starter)]


def junk(starter: str, body: str) -> str:
    """Return an answer in which every function of the starter, methods included, does nothing but this."""
    return "\n\n".join(["import numpy as np", *(_junk(node, body, "") for node in _definitions(starter))]) + "\n"


def recorded(solution: str, names: Iterable[str]) -> str:
    """Return a solution that leaves behind, in two variables, what it was called with and what it gave back."""
    call = f'gradesmith_keys, gradesmith_told = gradesmith_recorder["record"](globals(), {list(names)!r})'
    return solution + RECORDED.format(recorder=inspect.getsource(recorder), call=call)


def hard_coded(solution: str, names: Iterable[str], keys: Iterable[str], *, raising: bool) -> str:
    """Return an answer that gives what the solution gave to the recorded calls, and to others nothing or an error."""
    call = f'gradesmith_recorder["replay"](globals(), {list(names)!r}, {sorted(set(keys))!r}, raising={raising})'
    return solution + RECORDED.format(recorder=inspect.getsource(recorder), call=call)


def _definitions(source: str) -> list[ast.FunctionDef | ast.ClassDef]:
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def _junk(node: ast.FunctionDef | ast.ClassDef, body: str, indent: str) -> str:
    inner = indent + "    "
    if isinstance(node, ast.FunctionDef):
        work = "pass" if node.name == "__init__" else body.format(indent=inner)
        return f"{indent}def {node.name}(*args, **kwargs):\n{inner}{work}"
    methods = [_junk(one, body, inner) for one in node.body if isinstance(one, ast.FunctionDef)]
    return "\n\n".join([f"{indent}class {node.name}:", *(methods or [f"{inner}pass"])])
