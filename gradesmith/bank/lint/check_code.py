"""The functions of a checks file, and which of their names hold something that came from the student."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from gradesmith.model.keys import Check
from gradesmith.model.questions import CodeText

STUDENT = "student"
Function = ast.FunctionDef
# What an object says of itself: another rule's matter.
CLAIMS = frozenset({"score", "best_score_", "oob_score_", "__class__", "__name__", "__doc__"})
# What is asked of a plain value, an array or a table: such came over, and answers the same everywhere.
_PLAIN = """
    T all any append astype columns conj copy corr count cov describe diff drop dropna dtype dtypes duplicated empty
    endswith equals fillna flat flatten format get groupby head idxmax idxmin iloc imag index insert isna is_integer
    isnull item items iterrows itertuples join keys loc lower map max mean median merge min name names nbytes ndim
    notna nunique pop prod quantile ravel real replace reset_index reshape round shape size sort sort_index sort_values
    split squeeze startswith std str strip sum tail to_dict to_list to_numpy tolist transpose unique upper value_counts
    values var"""
PLAIN_ATTRIBUTES = frozenset(_PLAIN.split())


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


def looks_into(traced: Traced) -> Iterator[ast.Attribute]:
    """Yield where a function asks an attribute of something that stayed with the student, a model or a figure, say.

    What went through a function of the check's own side, as in ``np.asarray(student.f(x))``, is a plain value.
    """
    held = _held_names(traced.node, traced.tainted & set(_parameters(traced.node)))
    for node in ast.walk(traced.node):
        if not isinstance(node, ast.Attribute) or node.attr in PLAIN_ATTRIBUTES | CLAIMS:
            continue
        of_the_notebook = isinstance(node.value, ast.Name) and node.value.id == STUDENT
        if _root(node.value) in held and not of_the_notebook:
            yield node


def _held_names(node: Function, given: frozenset[str]) -> frozenset[str]:
    """Return the names that hold what the student's process gave, as it gave it."""
    held = given
    while True:
        more = frozenset(
            name.id
            for targets, value in _assignments(node)
            if _root(value) in held
            for target in targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        )
        if more <= held:
            return held
        held |= more


def _root(expression: ast.expr) -> str:
    """Return the name at the left end of a chain of calls, attributes and indices, or nothing."""
    while not isinstance(expression, ast.Name):
        if isinstance(expression, ast.Call):
            expression = expression.func
        elif isinstance(expression, ast.Attribute | ast.Subscript):
            expression = expression.value
        else:
            return ""
    return expression.id
