"""What a check says when it fails, and what it had compared: in ``assert``, ``raise``, ``pytest.fail`` and NumPy's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from gradesmith.bank.lint.check_code import CheckFunction, is_student

MODULES = frozenset({"pytest", "np", "pd", "math"})
SAID_BY_FAIL = frozenset({"reason", "msg"})
SAID_BY_NUMPY = "err_msg"


@dataclass(frozen=True, slots=True)
class Message:
    """The expression that makes a message, its line, and the expressions that decided that it is said."""

    text: ast.expr
    line: int
    judged: tuple[ast.expr, ...]


def messages(node: ast.AST, judged: tuple[ast.expr, ...] = ()) -> Iterator[Message]:
    """Yield every message within some code; the conditions around it count among what decided."""
    for inner in ast.iter_child_nodes(node):
        around = judged
        if isinstance(inner, ast.If | ast.While | ast.IfExp):
            around = (*judged, inner.test)
        elif isinstance(inner, ast.Assert) and inner.msg is not None:
            yield Message(inner.msg, inner.lineno, (*judged, inner.test))
        elif isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
            yield from (Message(text, inner.lineno, judged) for text in inner.exc.args)
        elif isinstance(inner, ast.Call):
            yield from (Message(text, inner.lineno, (*judged, inner)) for text in _said_by(inner))
        yield from messages(inner, around)


def _said_by(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the message that a call carries, if it is one that fails."""
    fails = ast.unparse(call.func).rpartition(".")[2] == "fail"
    if fails:
        yield from call.args[:1]
    for keyword in call.keywords:
        if keyword.arg == SAID_BY_NUMPY or (fails and keyword.arg in SAID_BY_FAIL):
            yield keyword.value


def expected(function: CheckFunction, judged: ast.expr) -> tuple[frozenset[str], frozenset[float]]:
    """Return the names and numbers that something of the student's is compared with, by a sign or by a function.

    What is subtracted, or what a function gets besides, may be what the student was given; that is no expectation.
    """
    names, numbers = set[str](), set[float]()
    for node in ast.walk(judged):
        given = frozenset[str]() if isinstance(node, ast.Compare) else _given(function)
        for side in _sides(node, function.tainted):
            found = list(ast.walk(side))
            called = {id(one.func) for one in found if isinstance(one, ast.Call)}
            names |= {one.id for one in found if isinstance(one, ast.Name) and id(one) not in called} - given
            numbers |= {
                float(one.value)
                for one in found
                if isinstance(one, ast.Constant) and isinstance(one.value, int | float)
            }
    return frozenset(names - MODULES), frozenset(numbers)


def _sides(node: ast.AST, tainted: frozenset[str]) -> Iterator[ast.expr]:
    """Yield what is not the student's of a comparison with something that is: by a sign, a difference or a function."""
    compared: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        compared = [node.left, *node.comparators]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        compared = [node.left, node.right]
    elif isinstance(node, ast.Call) and not is_student(node.func, tainted):
        compared = node.args
    if any(is_student(side, tainted) for side in compared):
        yield from (side for side in compared if not is_student(side, tainted))


def _given(function: CheckFunction) -> frozenset[str]:
    """Return the names that a check hands to the student."""
    calls = [node for node in ast.walk(function.node) if isinstance(node, ast.Call)]
    handed = [one for call in calls if is_student(call.func, function.tainted) for one in call.args]
    return frozenset(one.id for one in handed if isinstance(one, ast.Name))
