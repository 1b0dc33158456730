"""Faults of machine learning and statistics. Each operator's docstring says what somebody got wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from gradesmith.rules.mutation.sites import (
    Fault,
    Site,
    called,
    expression,
    is_method_of_value,
    like,
    number,
    renamed,
    with_keyword,
    without_keyword,
)


def _both_ways(*pairs: tuple[str, str]) -> Mapping[str, str]:
    return {**dict(pairs), **{second: first for first, second in pairs}}


SUMMARIES = {"mean": ("sum", "median"), "sum": ("mean",), "median": ("mean",), "average": ("sum",)}
EXTREMES = _both_ways(
    ("min", "max"), ("argmin", "argmax"), ("minimum", "maximum"), ("nanmin", "nanmax"), ("any", "all")
)
METRICS = _both_ways(
    ("precision", "recall"),
    ("precision_score", "recall_score"),
    ("tpr", "fpr"),
    ("fn", "fp"),
    ("tp", "tn"),
    ("sensitivity", "specificity"),
    ("missed", "alarms"),
)
AVERAGES = {"macro": ("micro", "weighted"), "micro": ("macro",), "weighted": ("macro",)}
LOGARITHMS = {"log": ("log2", "log10"), "log2": ("log",), "log10": ("log",), "log1p": ("log",)}
SPREADS = {"std", "var", "cov", "nanstd", "nanvar"}
PARTS = (("train", "test"), ("test", "train"), ("train", "valid"), ("valid", "train"))
RANDOM = {"random_state", "seed"}
EPSILONS = {"eps", "epsilon", "smoothing", "pseudocount"}
SMALL = 1e-3


def axis_changed(site: Site) -> Iterator[Fault]:
    """Rows are taken for columns: another axis, or none."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            yield with_keyword(node, "axis", number(0 if keyword.value.value else 1))
            yield without_keyword(node, "axis")


def ddof_changed(site: Site) -> Iterator[Fault]:
    """A sample's spread is divided by n where n - 1 belongs, or the other way round."""
    node = site.node
    if isinstance(node, ast.Call) and called(node) in SPREADS:
        given = next((one.value for one in node.keywords if one.arg == "ddof"), None)
        is_one = isinstance(given, ast.Constant) and given.value == 1
        yield with_keyword(node, "ddof", number(0 if is_one else 1))


def summary_exchanged(site: Site) -> Iterator[Fault]:
    """A sum is taken for a mean, a mean for a median."""
    if isinstance(site.node, ast.Call):
        for other in SUMMARIES.get(called(site.node), ()):
            if other != "median" or not is_method_of_value(site.node):
                yield renamed(site.node, other)


def extreme_exchanged(site: Site) -> Iterator[Fault]:
    """The smallest is taken for the largest, any for all."""
    if isinstance(site.node, ast.Call) and called(site.node) in EXTREMES:
        yield renamed(site.node, EXTREMES[called(site.node)])


def train_test_swapped(site: Site) -> Iterator[Fault]:
    """Computed on the training part where the test part belongs, or the other way round."""
    node = site.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for word, other in PARTS:
            if word in node.id and node.id.replace(word, other) in site.names:
                yield ast.Name(id=node.id.replace(word, other), ctx=ast.Load())


def fitted_on_test(site: Site) -> Iterator[Fault]:
    """What may only be fitted on the training part is fitted again, on what it is applied to."""
    node = site.node
    if isinstance(node, ast.Call) and is_method_of_value(node):
        if called(node) == "transform":
            yield renamed(node, "fit_transform")
        elif called(node) == "fit_transform":
            yield renamed(node, "transform")


def matrix_transposed(site: Site) -> Iterator[Fault]:
    """A matrix is taken the wrong way round, or multiplied from the wrong side."""
    node = site.node
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.Call) and called(node) == "transpose" and is_method_of_value(node) and not node.args:
        yield node.func.value  # type: ignore[attr-defined] # a method's function is an attribute
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield like(node, left=node.right, right=node.left)


def metric_exchanged(site: Site) -> Iterator[Fault]:
    """Precision is taken for recall, false negatives for false positives, and so on."""
    node = site.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and METRICS.get(node.id) in site.names:
        yield ast.Name(id=METRICS[node.id], ctx=ast.Load())
    elif isinstance(node, ast.Attribute) and node.attr in METRICS and isinstance(node.ctx, ast.Load):
        yield like(node, attr=METRICS[node.attr])


def average_exchanged(site: Site) -> Iterator[Fault]:
    """Classes are averaged the wrong way: macro for micro, weighted for macro."""
    if isinstance(site.node, ast.Constant) and isinstance(site.node.value, str):
        for other in AVERAGES.get(site.node.value, ()):
            yield ast.Constant(other)


def abs_forgotten(site: Site) -> Iterator[Fault]:
    """A difference keeps its sign."""
    node = site.node
    if isinstance(node, ast.Call) and called(node) in {"abs", "fabs", "absolute"}:
        yield node.args[0] if node.args else node.func.value  # type: ignore[attr-defined] # else ``x.abs()``


def log_base_changed(site: Site) -> Iterator[Fault]:
    """A logarithm has another base."""
    if isinstance(site.node, ast.Call):
        for other in LOGARITHMS.get(called(site.node), ()):
            yield renamed(site.node, other)


def epsilon_forgotten(site: Site) -> Iterator[Fault]:
    """What keeps a zero out of a logarithm or a denominator is left out."""
    node = site.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _is_epsilon(node.right):
        yield node.left
    elif isinstance(node, ast.Call) and called(node) in {"clip", "maximum"} and any(map(_is_epsilon, node.args)):
        yield node.args[0]


def _is_epsilon(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in EPSILONS
    return isinstance(node, ast.Constant) and type(node.value) is float and 0 < node.value < SMALL


def sorting_forgotten(site: Site) -> Iterator[Fault]:
    """Values are taken in the order in which they come, or sorted the wrong way round."""
    node = site.node
    if not isinstance(node, ast.Call) or not node.args:
        return
    match called(node):
        case "sorted":
            yield ast.Call(func=ast.Name(id="list", ctx=ast.Load()), args=node.args[:1], keywords=[])
            yield with_keyword(node, "reverse", ast.Constant(not any(one.arg == "reverse" for one in node.keywords)))
        case "sort" if not is_method_of_value(node):
            yield node.args[0]
        case "argsort":
            yield like(node, args=[ast.UnaryOp(op=ast.USub(), operand=node.args[0]), *node.args[1:]])
        case "unique":
            yield node.args[0]


def input_changed(site: Site) -> Iterator[Fault]:
    """The caller's own list or array is changed, because no copy is made of it."""
    node = site.node
    if isinstance(node, ast.Call):
        yield from _call_without_copy(node)
    elif (
        isinstance(node, ast.Assign)
        and isinstance(target := node.targets[0], ast.Name)
        and target.id in site.parameters
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.value.left, ast.Name)
        and node.value.left.id == target.id
    ):
        yield [ast.AugAssign(target=target, op=node.value.op, value=node.value.right)]


def _call_without_copy(node: ast.Call) -> Iterator[Fault]:
    first = node.args[0] if node.args else None
    if called(node) == "copy":
        yield first if first is not None else node.func.value  # type: ignore[attr-defined] # else ``x.copy()``
    elif called(node) == "array" and isinstance(first, ast.Name):
        yield renamed(node, "asarray")
    elif called(node) == "sorted" and isinstance(first, ast.Name) and not node.keywords:
        yield expression(f"{first.id}.sort() or {first.id}")


def seed_forgotten(site: Site) -> Iterator[Fault]:
    """Chance is not seeded, so that every run gives another result."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    for name in RANDOM & {one.arg for one in node.keywords if one.arg}:
        yield without_keyword(node, name)
    if called(node) in {"default_rng", "RandomState", "Random"} and node.args:
        yield like(node, args=[])
