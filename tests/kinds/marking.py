"""Marks one answer twice: by `rules.scoring`, and by the test cell, in a Python that has no gradesmith."""

from __future__ import annotations

import ast
import math
import sys
import types
from contextlib import redirect_stdout
from fractions import Fraction
from io import StringIO

import pytest

from gradesmith.model.assessments import Slot
from gradesmith.model.outcomes import Mark
from gradesmith.model.questions import Part, Variant
from gradesmith.notebooks.check_cells import check_cell
from gradesmith.notebooks.responses import answered
from gradesmith.notebooks.runtime import SETUP
from gradesmith.rules.scoring import mark

SETTING_UP = compile(SETUP, "setup", "exec")


class InProcess:
    """An evaluator for tests that trust their code: it runs it right here. What can't be divided is no number."""

    def evaluate(self, code, given, wanted):
        names = {**given}
        exec(code, names)
        return {expression: _value(expression, names) for expression in wanted}


def _value(expression, names):
    try:
        return eval(expression, names)
    except ArithmeticError:
        return math.nan


def by_rules(part: Part, value) -> Mark:
    """Mark a plain answer as the grader does."""
    return mark(part, answered("q01", value), ())


def by_notebook(variant: Variant, value) -> Fraction:
    """Mark an answer as the first part's test cell does, with set-up cell and hidden checks."""
    slot = Slot(name="q01", variant=variant, rng_seed=1)
    tree = ast.parse(check_cell(slot, variant.parts[0]))
    last = ast.Expression(tree.body.pop().value)
    module = types.ModuleType("__main__")
    module.q01 = value
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setitem(sys.modules, "__main__", module)
        exec(SETTING_UP, vars(module))
        exec(compile(tree, "check", "exec"), vars(module))
        return Fraction(str(eval(compile(last, "check", "eval"), vars(module))))


def both(variant: Variant, value) -> Fraction:
    """Return what an answer to the first part earns, by either way: they must agree."""
    given = by_rules(variant.parts[0], value).given
    assert by_notebook(variant, value) == given, value
    return given


def right_fields(part: Part) -> dict[str, float | str]:
    """Return the answer that a part's key says is right."""
    return {key.name: "undefined" if key.value is None else key.value for key in part.key.fields}


def no_mistake_earns(variant: Variant) -> int:
    """Make every known mistake, of each quantity one at a time; return how many there are."""
    keys = variant.parts[0].key.fields
    most = max(len(key.mistakes) for key in keys)
    for number in range(most):
        wrong = {key.name: key.mistakes[number].value for key in keys if len(key.mistakes) > number}
        assert both(variant, wrong) == 0
        outcomes = {one.check: one for one in by_rules(variant.parts[0], wrong).outcomes}
        for key in keys:
            if key.name in wrong:
                assert outcomes[key.name].feedback in {one.feedback for one in key.mistakes}
    return sum(len(key.mistakes) for key in keys)
