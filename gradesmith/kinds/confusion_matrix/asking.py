"""From the name of a quantity to the fields it asks for: their names, labels, values and known mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradesmith.kinds.confusion_matrix.matrices import BINARY, CLASSWISE, OVERALL, Matrix, Number, gap
from gradesmith.kinds.confusion_matrix.mistakes import (
    COMPARISONS,
    Wrong,
    compared,
    in_class,
    in_comparison,
    in_overall,
)

EQUALIZED_ODDS = "equalized_odds_gap"
SPELT = {
    "f1": "F1 score",
    "mcc": "Matthews correlation coefficient",
    EQUALIZED_ODDS: "Equalized odds: the larger of the gaps in recall and in the false positive rate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field: its name and label, its value (``None``: undefined), and the values that mistakes lead to."""

    name: str
    label: str
    value: Number
    mistakes: tuple[Wrong, ...] = ()


def slug(words: str) -> str:
    """Return words as part of a field's name."""
    return re.sub(r"\W+", "_", words.lower()).strip("_")


def label(quantity: str) -> str:
    """Write a quantity's name as students read it."""
    if quantity in SPELT:
        return SPELT[quantity]
    first, _, rest = quantity.partition("_")
    if first in {"macro", "micro", "weighted"}:
        return f"{first.capitalize()}{'' if first == 'weighted' else '-averaged'} {_inside(rest)}"
    words, _, way = quantity.rpartition("_")
    if way in COMPARISONS:
        return f"{way.capitalize()} {'in' if way == 'gap' else 'of'} {_inside(words)}"
    return quantity.replace("_", " ").capitalize()


def _inside(quantity: str) -> str:
    """Write a quantity's name within a phrase: small, but for what is an abbreviation."""
    return SPELT.get(quantity, quantity.replace("_", " "))


def quantities_of_matrix(classes: tuple[str, ...]) -> list[str]:
    """Return what may be asked of one matrix with these classes."""
    single = [f"{metric}_of_{slug(one)}" for metric in CLASSWISE for one in classes]
    return [*OVERALL, *(BINARY if len(classes) == 2 else ()), *(f"class_{metric}" for metric in CLASSWISE), *single]


def quantities_of_groups() -> list[str]:
    """Return what may be asked of groups with a matrix of two classes each."""
    rates = [*OVERALL, *BINARY]
    ratios = [f"{rate}_ratio" for rate in ("accuracy", *BINARY)]
    return [*rates, *(f"{rate}_gap" for rate in rates), *ratios, EQUALIZED_ODDS]


def fields_of_matrix(quantity: str, matrix: Matrix, classes: tuple[str, ...]) -> Iterator[Asked]:
    """Yield the fields that a quantity asks of one matrix: one, or one for each class."""
    if quantity in OVERALL or (quantity in BINARY and matrix.size == 2):
        value = {**BINARY, **OVERALL}[quantity](matrix)
        yield Asked(name=quantity, label=label(quantity), value=value, mistakes=tuple(in_overall(quantity, matrix)))
        return
    for number, one in enumerate(classes):
        for metric, formula in CLASSWISE.items():
            if quantity in {f"class_{metric}", f"{metric}_of_{slug(one)}"}:
                yield Asked(
                    name=f"{metric}_of_{slug(one)}",
                    label=f"{label(metric)} of the class *{one}*",
                    value=formula(matrix, number),
                    mistakes=tuple(in_class(metric, matrix, number)),
                )


def fields_of_groups(quantity: str, groups: Mapping[str, Matrix]) -> Iterator[Asked]:
    """Yield the fields that a quantity asks of groups: one for a comparison, otherwise one for each group."""
    matrices = tuple(groups.values())
    if quantity in {*OVERALL, *BINARY}:
        formula = compared(quantity)
        for name, matrix in groups.items():
            yield Asked(
                name=f"{quantity}_of_{slug(name)}",
                label=f"{label(quantity)} in the group *{name}*",
                value=formula(matrix),
                mistakes=tuple(in_overall(quantity, matrix)),
            )
        return
    yield Asked(
        name=quantity,
        label=label(quantity),
        value=_comparison(quantity, matrices),
        mistakes=tuple(in_comparison(quantity, matrices)),
    )


def _comparison(quantity: str, matrices: tuple[Matrix, ...]) -> Number:
    if quantity == EQUALIZED_ODDS:
        gaps = [gap(map(BINARY[name], matrices)) for name in ("recall", "false_positive_rate")]
        return None if gaps[0] is None or gaps[1] is None else max(gaps[0], gaps[1])
    rate, _, way = quantity.rpartition("_")
    return COMPARISONS[way](map(compared(rate), matrices))
