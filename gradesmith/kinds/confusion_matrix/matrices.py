"""Confusion matrices and what is computed from them: exactly, and ``None`` where it is undefined.

The names and formulas are scikit-learn's (user guide, "Classification metrics") and, for groups, fairlearn's (user
guide, "Common fairness metrics"); unlike there, a zero denominator is never replaced by a number, nor left out of a
mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Number = Fraction | float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each actual class (row) was predicted as each class (column); of two, the first is the positive one."""

    cells: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.cells)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return sum(map(sum, self.cells))

    @property
    def hits(self) -> tuple[int, ...]:
        """The cases of each class that were predicted right."""
        return tuple(row[number] for number, row in enumerate(self.cells))

    @property
    def actual(self) -> tuple[int, ...]:
        """The cases that really are of each class."""
        return tuple(map(sum, self.cells))

    @property
    def predicted(self) -> tuple[int, ...]:
        """The cases that were predicted as each class."""
        return self.transposed.actual

    @property
    def transposed(self) -> Matrix:
        """The matrix as read by someone who takes rows for columns."""
        return Matrix(tuple(zip(*self.cells, strict=True)))

    @property
    def other_class(self) -> Matrix:
        """The matrix as read by someone who takes the second class for the positive one."""
        return Matrix(tuple(row[::-1] for row in self.cells[::-1]))


Formula = Callable[[Matrix], Number]
ClassFormula = Callable[[Matrix, int], Number]


def share(part: int, whole: int) -> Fraction | None:
    """Return part/whole exactly, or ``None`` where it is undefined."""
    return Fraction(part, whole) if whole else None


def mean(values: Iterable[Number]) -> Number:
    """Return the plain mean, undefined where one of the values is."""
    known = tuple(values)
    return None if None in known else sum(value for value in known if value is not None) / len(known)


# One class against the rest


def recall(m: Matrix, one: int) -> Number:
    """TP / (TP + FN)."""
    return share(m.hits[one], m.actual[one])


def precision(m: Matrix, one: int) -> Number:
    """TP / (TP + FP)."""
    return share(m.hits[one], m.predicted[one])


def f1(m: Matrix, one: int) -> Number:
    """2 TP / (2 TP + FP + FN)."""
    return share(2 * m.hits[one], m.actual[one] + m.predicted[one])


CLASSWISE: Mapping[str, ClassFormula] = {"accuracy": recall, "precision": precision, "recall": recall, "f1": f1}


# All classes together


def accuracy(m: Matrix) -> Number:
    """Return the share of all cases that was predicted right."""
    return share(sum(m.hits), m.total)


def macro(formula: ClassFormula) -> Formula:
    """Make the plain mean over the classes of a metric."""
    return lambda m: mean(formula(m, one) for one in range(m.size))


def weighted(formula: ClassFormula) -> Formula:
    """Make the mean over the classes of a metric, each class with the weight of its actual cases."""

    def average(m: Matrix) -> Number:
        terms = [(weight, formula(m, one)) for one, weight in enumerate(m.actual) if weight]
        if not terms or any(value is None for _, value in terms):
            return None
        return sum(weight * value for weight, value in terms if value is not None) / m.total

    return average


def mcc(m: Matrix) -> float | None:
    """Matthews' correlation coefficient; for more than two classes as J. Gorodkin (2004) generalised it (R_K)."""
    squares = squared_deviations(m)
    return covariance(m) / math.sqrt(squares) if squares else None


def covariance(m: Matrix) -> int:
    """MCC's numerator; for two classes it is TP·TN − FP·FN."""
    chance = sum(actual * predicted for actual, predicted in zip(m.actual, m.predicted, strict=True))
    return (sum(m.hits) * m.total - chance) // (2 if m.size == 2 else 1)


def squared_deviations(m: Matrix) -> int:
    """MCC's denominator squared; for two classes it is (TP+FP)(TP+FN)(TN+FP)(TN+FN)."""
    spreads = [m.total**2 - sum(count**2 for count in counts) for counts in (m.actual, m.predicted)]
    return spreads[0] * spreads[1] // (4 if m.size == 2 else 1)


OVERALL: Mapping[str, Formula] = {
    "accuracy": accuracy,
    "balanced_accuracy": macro(recall),
    "mcc": mcc,
    **{f"macro_{name}": macro(formula) for name, formula in CLASSWISE.items() if name != "accuracy"},
    **{f"micro_{name}": accuracy for name in CLASSWISE if name != "accuracy"},
    **{f"weighted_{name}": weighted(formula) for name, formula in CLASSWISE.items() if name != "accuracy"},
}


# Two classes, the first being the positive one


def specificity(m: Matrix) -> Number:
    """TN / (TN + FP)."""
    return recall(m, 1)


def false_positive_rate(m: Matrix) -> Number:
    """FP / (FP + TN)."""
    return share(m.cells[1][0], m.actual[1])


def selection_rate(m: Matrix) -> Number:
    """Return the share of all cases that was predicted positive."""
    return share(m.predicted[0], m.total)


def base_rate(m: Matrix) -> Number:
    """Return the share of all cases that is positive."""
    return share(m.actual[0], m.total)


def of_positive(formula: ClassFormula) -> Formula:
    """Make a metric of the positive class."""
    return lambda m: formula(m, 0)


BINARY: Mapping[str, Formula] = {
    "precision": of_positive(precision),
    "recall": of_positive(recall),
    "sensitivity": of_positive(recall),
    "specificity": specificity,
    "f1": of_positive(f1),
    "false_positive_rate": false_positive_rate,
    "selection_rate": selection_rate,
}


# Groups of cases, each with a matrix of its own


def gap(values: Iterable[Number]) -> Number:
    """Return the largest less the smallest, undefined where one of the values is."""
    known = tuple(values)
    defined = [value for value in known if value is not None]
    return max(defined) - min(defined) if known and len(defined) == len(known) else None


def ratio(values: Iterable[Number]) -> Number:
    """Return the smallest over the largest, undefined where one of the values is or all are 0."""
    known = tuple(values)
    defined = [value for value in known if value is not None]
    if not known or len(defined) < len(known) or not max(defined):
        return None
    return min(defined) / max(defined)
