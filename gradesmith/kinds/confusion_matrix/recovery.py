"""Backwards: some metrics are told, one count is lost, and it must follow from the rest as one whole number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from gradesmith.kinds.confusion_matrix.asking import Asked
from gradesmith.kinds.confusion_matrix.matrices import BINARY, OVERALL, Matrix

PLACES = {"tp": (0, 0), "fn": (0, 1), "fp": (1, 0), "tn": (1, 1)}
SPELT = {"tp": "true positives", "fn": "false negatives", "fp": "false positives", "tn": "true negatives"}
# Metrics that only rise, only fall, or stay as they are when one count grows: so what fits is an interval.
GIVABLE = ("accuracy", "balanced_accuracy", "f1", "precision", "recall", "sensitivity", "specificity")
# Of a share hits/(hits + others), which counts are its hits and its others.
SHARES = {
    "recall": ("tp", "fn"),
    "sensitivity": ("tp", "fn"),
    "precision": ("tp", "fp"),
    "specificity": ("tn", "fp"),
}
WHOLE = "That is the whole denominator; take away the count that you know."
OF_THE_KNOWN = "You took the share of the count that you know; it is a share of the whole denominator."


def rounded(value: Fraction, digits: int) -> Fraction:
    """Round to so many decimals, a half upwards."""
    return Fraction(int(value * 10**digits + Fraction(1, 2)), 10**digits)


def told(matrix: Matrix, given: Mapping[str, int]) -> dict[str, Fraction] | None:
    """Return the given metrics as they are told: rounded; ``None`` when one is undefined."""
    found = {}
    for name, digits in given.items():
        value = {**OVERALL, **BINARY}[name](matrix)
        if value is None:
            return None
        found[name] = rounded(Fraction(value), digits)
    return found


def with_count(matrix: Matrix, count: str, number: int) -> Matrix:
    """Return the matrix with another number in the place of one count."""
    row, column = PLACES[count]
    cells = [list(cells) for cells in matrix.cells]
    cells[row][column] = number
    return Matrix(tuple(map(tuple, cells)))


def fits(matrix: Matrix, values: Mapping[str, Fraction], given: Mapping[str, int]) -> bool:
    """Whether a matrix has the values that are told, as far as their digits say; a half may be rounded either way."""
    for name, value in values.items():
        exact = {**OVERALL, **BINARY}[name](matrix)
        if exact is None or abs(Fraction(exact) - value) > Fraction(1, 2 * 10 ** given[name]):
            return False
    return True


def is_unique(matrix: Matrix, count: str, given: Mapping[str, int]) -> bool:
    """Whether no other number in the place of the count fits what is told.

    Every givable metric is monotone in every count, so what fits is an interval, and its neighbours tell.
    """
    values = told(matrix, given)
    if values is None:
        return False
    row, column = PLACES[count]
    here = matrix.cells[row][column]
    others = [number for number in (here - 1, here + 1) if number >= 0]
    return not any(fits(with_count(matrix, count, number), values, given) for number in others)


def missing_count(matrix: Matrix, count: str, given: Mapping[str, int]) -> Asked:
    """Return the field that asks for the count, with what is found by mistake."""
    row, column = PLACES[count]
    values = told(matrix, given) or {}
    return Asked(
        name=count,
        label=f"The missing count of {SPELT[count]} ({count.upper()})",
        value=Fraction(matrix.cells[row][column]),
        mistakes=tuple(wrong for name, value in values.items() for wrong in _mistakes(matrix, count, name, value)),
    )


def _mistakes(matrix: Matrix, count: str, name: str, value: Fraction) -> Iterator[tuple[Fraction, str]]:
    hits, others = SHARES.get(name, ("", ""))
    if count == others and value:
        known = _at(matrix, hits)
        yield Fraction(round(known / value)), WHOLE
        yield Fraction(round(known * (1 - value))), OF_THE_KNOWN
    elif count == hits and value < 1:
        known = _at(matrix, others)
        yield Fraction(round(known / (1 - value))), WHOLE
        yield Fraction(round(known * value)), OF_THE_KNOWN


def _at(matrix: Matrix, count: str) -> int:
    row, column = PLACES[count]
    return matrix.cells[row][column]
