"""Faults that programs in any subject have. Each operator's docstring says what somebody got wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from gradesmith.rules.mutation.sites import COSMETIC, Fault, Site, called, like, number, without_keyword

COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
# Whoever calls these in another order takes what they give in another order as well, or names an axis by it.
TAKE_EITHER_ORDER = frozenset({"zip", "plot", "step"})


def constant_moved(site: Site) -> Iterator[Fault]:
    """A number is one too large or too small."""
    value = site.node.value if isinstance(site.node, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield number(round(value + 1, 12))
        yield number(round(value - 1, 12))


def truth_flipped(site: Site) -> Iterator[Fault]:
    """True stands where False belongs, or the other way round."""
    if isinstance(site.node, ast.Constant) and type(site.node.value) is bool:
        yield ast.Constant(not site.node.value)


def comparison_shifted(site: Site) -> Iterator[Fault]:
    """Less than, where less than or equal is meant; equal, where unequal is; in, where not in is."""
    node = site.node
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            other = COMPARISONS[type(op)]()
            yield like(node, ops=[*node.ops[:index], other, *node.ops[index + 1 :]])


def comparison_turned(site: Site) -> Iterator[Fault]:
    """An order is taken the wrong way round."""
    turned: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
        ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
    }  # fmt: skip
    node = site.node
    if isinstance(node, ast.Compare) and type(node.ops[0]) in turned:
        yield like(node, ops=[turned[type(node.ops[0])](), *node.ops[1:]])


def and_or(site: Site) -> Iterator[Fault]:
    """And stands where or belongs, or the other way round."""
    if isinstance(site.node, ast.BoolOp):
        yield like(site.node, op=ast.Or() if isinstance(site.node.op, ast.And) else ast.And())


def arithmetic_exchanged(site: Site) -> Iterator[Fault]:
    """Plus for minus, times for divided by, & for |, or the other way round."""
    if isinstance(site.node, ast.BinOp) and type(site.node.op) in ARITHMETIC:
        yield like(site.node, op=ARITHMETIC[type(site.node.op)]())


def operand_dropped(site: Site) -> Iterator[Fault]:
    """Only one side of a sum, a product or a quotient is taken."""
    if isinstance(site.node, ast.BinOp):
        yield site.node.left
        yield site.node.right


def update_exchanged(site: Site) -> Iterator[Fault]:
    """Subtracted where it should be added up, or the other way round."""
    if isinstance(site.node, ast.AugAssign) and type(site.node.op) in ARITHMETIC:
        yield [like(site.node, op=ARITHMETIC[type(site.node.op)]())]


def condition_negated(site: Site) -> Iterator[Fault]:
    """A condition is taken the wrong way round."""
    holders = (ast.If, ast.While, ast.IfExp)
    in_filter = isinstance(site.parent, ast.comprehension) and site.field == "ifs"
    if isinstance(site.node, ast.expr) and (in_filter or (isinstance(site.parent, holders) and site.field == "test")):
        yield ast.UnaryOp(op=ast.Not(), operand=site.node)


def branch_forgotten(site: Site) -> Iterator[Fault]:
    """One of the cases that are told apart is treated like the other."""
    if isinstance(site.node, ast.IfExp):
        yield site.node.body
        yield site.node.orelse
    elif isinstance(site.node, ast.If):
        yield list(site.node.body)
        yield list(site.node.orelse) or [ast.Pass()]


def filter_forgotten(site: Site) -> Iterator[Fault]:
    """The condition of a comprehension is left out."""
    if isinstance(site.parent, ast.comprehension) and site.field == "ifs":
        yield ast.Constant(value=True)


def sign_dropped(site: Site) -> Iterator[Fault]:
    """A minus, a not or a ~ is left out."""
    if isinstance(site.node, ast.UnaryOp) and not isinstance(site.node.op, ast.UAdd):
        yield site.node.operand


def statement_dropped(site: Site) -> Iterator[Fault]:
    """A step is left out; one without which a name would be unknown at once is no such step."""
    node = site.node
    again = isinstance(node, ast.Assign) and all(_is_known_before(target, site) for target in node.targets)
    if again or isinstance(node, ast.Expr | ast.AugAssign):
        yield [ast.Pass()]


def _is_known_before(target: ast.expr, site: Site) -> bool:
    if isinstance(target, ast.Tuple):
        return all(_is_known_before(one, site) for one in target.elts)
    if not isinstance(target, ast.Name):
        return True
    if site.function is None:
        return False
    earlier = (one for one in ast.walk(site.function) if isinstance(one, ast.Name) and one.id == target.id)
    bound = any(isinstance(one.ctx, ast.Store) and one.lineno < target.lineno for one in earlier)
    return bound or target.id in site.parameters


def returned_early(site: Site) -> Iterator[Fault]:
    """What is only a step on the way is returned as the result."""
    if isinstance(site.node, ast.Assign) and site.function is not None and isinstance(site.node.targets[0], ast.Name):
        yield [ast.Return(value=site.node.value)]


def loop_left_early(site: Site) -> Iterator[Fault]:
    """A loop ends after its first round."""
    in_loop = isinstance(site.parent, ast.For | ast.While) and site.field == "body"
    if in_loop and site.is_last and isinstance(site.node, ast.stmt) and not isinstance(site.node, ast.Return):
        yield [site.node, ast.Break()]


def slice_off_by_one(site: Site) -> Iterator[Fault]:
    """A slice begins or ends one too early or too late, or takes everything."""
    node = site.node
    if not isinstance(node, ast.Slice):
        return
    for end in ("lower", "upper"):
        bound = getattr(node, end)
        if bound is not None:
            yield like(node, **{end: None})
            if not isinstance(bound, ast.Constant | ast.UnaryOp):
                yield like(node, **{end: ast.BinOp(left=bound, op=ast.Add(), right=ast.Constant(1))})
                yield like(node, **{end: ast.BinOp(left=bound, op=ast.Sub(), right=ast.Constant(1))})
    if node.step is not None:
        yield like(node, step=None)


def arguments_swapped(site: Site) -> Iterator[Fault]:
    """The first two arguments of a call are in the wrong order."""
    node = site.node
    if isinstance(node, ast.Call) and len(node.args) >= 2 and called(node) not in TAKE_EITHER_ORDER:
        first, second, *rest = node.args
        yield like(node, args=[second, first, *rest])


def results_swapped(site: Site) -> Iterator[Fault]:
    """Two results are returned, or two names bound, in the wrong order."""
    node = site.node
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not isinstance(site.parent, ast.Subscript):
        yield like(node, elts=node.elts[::-1])


def keyword_dropped(site: Site) -> Iterator[Fault]:
    """A setting is left out, so that the default counts."""
    if isinstance(site.node, ast.Call):
        for keyword in site.node.keywords:
            if keyword.arg is not None and keyword.arg not in COSMETIC:
                yield without_keyword(site.node, keyword.arg)
