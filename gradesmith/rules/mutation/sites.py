"""The places in a program where a fault may be put, and what an operator may ask about them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[ast.AST, ...]
# What stands in the place of a node: another expression, or some statements.
Fault = ast.expr | list[ast.stmt]
Operator = Callable[["Site"], Iterator[Fault]]

# Keywords that change how something looks and nothing that could be wrong.
COSMETIC = frozenset(
    {"alpha", "c", "cmap", "color", "dpi", "figsize", "fontsize", "layout", "linestyle", "linewidth", "ls", "lw"}
    | {"marker", "markersize", "n_jobs", "verbose"}
)
LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Global, ast.Nonlocal)
NOT_ENTERED = {"annotation", "returns", "decorator_list", "type_comment"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One node, with the field of its parent that holds it and everything around it, outermost first."""

    node: ast.AST
    around: Path
    field: str
    index: int | None

    @property
    def parent(self) -> ast.AST:
        """The node that holds this one."""
        return self.around[-1]

    @property
    def function(self) -> ast.FunctionDef | None:
        """The innermost function around it."""
        return next((one for one in reversed(self.around) if isinstance(one, ast.FunctionDef)), None)

    @property
    def scope(self) -> str:
        """The dotted name of the definitions around it, "" at the top."""
        return ".".join(one.name for one in self.around if isinstance(one, ast.FunctionDef | ast.ClassDef))

    @property
    def parameters(self) -> frozenset[str]:
        """The names of the parameters of the function around it."""
        return frozenset() if self.function is None else frozenset(one.arg for one in self.function.args.args)

    @property
    def names(self) -> frozenset[str]:
        """The names that are bound in the function around it, parameters included."""
        inner = ast.walk(self.function) if self.function is not None else ()
        return self.parameters | {one.id for one in inner if isinstance(one, ast.Name) and _is_bound(one)}

    @property
    def is_last(self) -> bool:
        """Whether it is the last statement of its block."""
        block = getattr(self.parent, self.field)
        return self.index is not None and self.index == len(block) - 1

    def put(self, fault: Fault) -> None:
        """Put a fault in the place of the node, until `restore`."""
        if self.index is None:
            setattr(self.parent, self.field, fault)
        else:
            block = getattr(self.parent, self.field)
            block[self.index : self.index + 1] = fault if isinstance(fault, list) else [fault]

    def restore(self, fault: Fault) -> None:
        """Put the node back."""
        if self.index is None:
            setattr(self.parent, self.field, self.node)
        else:
            block = getattr(self.parent, self.field)
            block[self.index : self.index + (len(fault) if isinstance(fault, list) else 1)] = [self.node]


def _is_bound(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def sites(tree: ast.Module) -> list[Site]:
    """Return every place for a fault in reading order: no import, docstring, annotation or matter of looks."""
    return list(_below(tree, ()))


def _below(node: ast.AST, around: Path) -> Iterator[Site]:
    for field, index, child in _children(node):
        if _is_left_alone(child, node, field):
            continue
        yield Site(node=child, around=(*around, node), field=field, index=index)
        yield from _below(child, (*around, node))


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        if field in NOT_ENTERED:
            continue
        items: list[Any] = value if isinstance(value, list) else [value]
        for number, item in enumerate(items):
            if isinstance(item, ast.AST):
                yield field, number if isinstance(value, list) else None, item


def _is_left_alone(node: ast.AST, parent: ast.AST, field: str) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str | None):
        return True
    looks = isinstance(parent, ast.keyword) and field == "value" and parent.arg in COSMETIC
    return looks or isinstance(node, LEFT_ALONE)


def called(node: ast.AST) -> str:
    """Return the last name of what a call calls ("mean" of ``np.mean(x)`` and of ``x.mean()``), "" for no call."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_method_of_value(node: ast.Call) -> bool:
    """Whether it looks like a method of a value (``x.mean()``), not like a library's function (``np.mean(x)``)."""
    if not isinstance(node.func, ast.Attribute):
        return False
    return not (isinstance(node.func.value, ast.Name) and node.func.value.id in {"np", "numpy", "pd", "scipy", "math"})


def like(node: ast.AST, **changes: Any) -> Any:
    """Return a copy of a node with some fields changed; what is in the other fields is shared."""
    return type(node)(**{**dict(ast.iter_fields(node)), **changes})


def number(value: float) -> ast.expr:
    """Return a number as an expression."""
    if value < 0:
        return ast.UnaryOp(op=ast.USub(), operand=ast.Constant(-value))
    return ast.Constant(value)


def expression(text: str) -> ast.expr:
    """Read one expression."""
    return ast.parse(text, mode="eval").body


def renamed(node: ast.Call, name: str) -> ast.Call:
    """Return a call of something else in the same place: ``np.mean(x)`` to ``np.sum(x)``."""
    func = like(node.func, attr=name) if isinstance(node.func, ast.Attribute) else ast.Name(id=name, ctx=ast.Load())
    call: ast.Call = like(node, func=func)
    return call


def without_keyword(node: ast.Call, *names: str) -> ast.Call:
    """Return a call without some of its keywords."""
    call: ast.Call = like(node, keywords=[one for one in node.keywords if one.arg not in names])
    return call


def with_keyword(node: ast.Call, name: str, value: ast.expr) -> ast.Call:
    """Return a call with a keyword set to something."""
    others = [one for one in node.keywords if one.arg != name]
    call: ast.Call = like(node, keywords=[*others, ast.keyword(arg=name, value=value)])
    return call
