"""The functions of a checks file, and which of their names hold something that came from the student."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from gradesmith.model.keys import Check
from gradesmith.model.questions import CodeText

STUDENT = "student"
Function = ast.FunctionDef


@dataclass(frozen=True, slots=True)
class Traced:
    """A function, and the names in it that hold something of the student's."""

    node: Function
    tainted: frozenset[str]


@dataclass(frozen=True, slots=True)
class CheckFunction:
    """One check with its code."""

    check: Check
    node: Function
    tainted: frozenset[str]

    @property
    def arguments(self) -> frozenset[str]:
        """The fixtures that it asks for."""
        return frozenset(argument.arg for argument in self.node.args.args)


def check_functions(code: CodeText) -> Iterator[CheckFunction]:
    """Yield every check with its code."""
    nodes = _functions(ast.parse(code.source))
    for check in code.checks:
        if check.name in nodes:
            node = nodes[check.name]
            yield CheckFunction(check, node, tainted_names(node, frozenset({STUDENT})))


def from_student(code: CodeText) -> Iterator[Traced]:
    """Yield the checks, and whatever functions of the file they hand something of the student's to, each once."""
    nodes = _functions(ast.parse(code.source))
    waiting = [(node, frozenset({STUDENT})) for node in nodes.values() if STUDENT in _parameters(node)]
    done: set[str] = {node.name for node, _ in waiting}
    while waiting:
        node, given = waiting.pop(0)
        traced = Traced(node, tainted_names(node, given))
        yield traced
        for called in ast.walk(node):
            name = called.func.id if isinstance(called, ast.Call) and isinstance(called.func, ast.Name) else ""
            if isinstance(called, ast.Call) and name in nodes and name not in done:
                taken = _taken(called, nodes[name], traced.tainted)
                if taken:
                    done.add(name)
                    waiting.append((nodes[name], taken))


def _functions(module: ast.Module) -> dict[str, Function]:
    return {node.name: node for node in module.body if isinstance(node, Function)}


def _parameters(node: Function) -> list[str]:
    return [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]


def _taken(call: ast.Call, node: Function, tainted: frozenset[str]) -> frozenset[str]:
    """Return the parameters of a function that get something of the student's in this call."""
    names = _parameters(node)
    if any(isinstance(one, ast.Starred) and is_student(one.value, tainted) for one in call.args):
        return frozenset(names)
    by_place = {name for name, value in zip(names, call.args, strict=False) if is_student(value, tainted)}
    return frozenset(by_place | {one.arg or "" for one in call.keywords if is_student(one.value, tainted)} - {""})


def is_student(expression: ast.AST, tainted: frozenset[str]) -> bool:
    """Whether an expression holds something of the student's."""
    return any(isinstance(node, ast.Name) and node.id in tainted for node in ast.walk(expression))


def tainted_names(node: Function, given: frozenset[str]) -> frozenset[str]:
    """Return the names of a function that hold something of the student's, however many assignments away."""
    tainted = given
    while True:
        more = frozenset(
            name.id
            for targets, value in _assignments(node)
            if is_student(value, tainted)
            for target in targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        )
        if more <= tainted:
            return tainted
        tainted |= more


def _assignments(node: Function) -> Iterator[tuple[list[ast.expr], ast.expr]]:
    """Yield what is assigned to what: by ``=``, by ``for``, by ``with … as`` and in comprehensions."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign):
            yield inner.targets, inner.value
        elif isinstance(inner, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and inner.value is not None:
            yield [inner.target], inner.value
        elif isinstance(inner, ast.For | ast.comprehension):
            yield [inner.target], inner.iter
        elif isinstance(inner, ast.withitem) and inner.optional_vars is not None:
            yield [inner.optional_vars], inner.context_expr
