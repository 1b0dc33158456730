"""Comparisons that hold of nothing: an empty array is close to any number, as all of its no elements are.

A student's function that returns ``np.array([])`` would so pass ``== pytest.approx(3)``, ``assert_allclose(…, 3)`` and
``np.allclose(…, 3)``, whatever it was asked. In the checker these fail where one side is empty and the other is not.
Left to a check's author are comparisons that are written out: ``(answer == 3).all()``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import pandas as pd
import pytest

ASSERTIONS = (
    "assert_allclose",
    "assert_almost_equal",
    "assert_array_almost_equal",
    "assert_array_equal",
    "assert_array_less",
    "assert_equal",
)
QUESTIONS = ("allclose", "array_equiv", "isclose")
CONTAINERS = (np.ndarray, pd.Series, pd.DataFrame, pd.Index, list, tuple)


def refuse_empty_answers() -> None:
    """Change the comparisons of this process, before the checks are loaded."""
    for module, names in ((np.testing, ASSERTIONS), (np, QUESTIONS)):
        for name in names:
            setattr(module, name, _refusing(getattr(module, name)))
    scalar: Any = type(pytest.approx(1.0))
    scalar.__eq__ = _equal_to_something(scalar.__eq__)


def _refusing(compare: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(compare)
    def refusing(*arguments: Any, **named: Any) -> Any:
        sides = [_is_empty(side) for side in (*arguments, *named.values())[:2]]
        if any(sides) and not all(sides):
            raise AssertionError("nothing was returned that could be compared: it is empty")
        return compare(*arguments, **named)

    return refusing


def _equal_to_something(equal: Callable[[Any, object], bool]) -> Callable[[Any, object], bool]:
    @wraps(equal)
    def to_something(self: Any, actual: object) -> bool:
        return not _is_empty(actual) and equal(self, actual)

    return to_something


def _is_empty(value: object) -> bool:
    if not isinstance(value, CONTAINERS):
        return False
    try:
        return np.size(value) == 0
    except ValueError:  # lists of several lengths
        return False
