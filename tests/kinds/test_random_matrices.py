"""Ten thousand random confusion matrices: what scikit-learn computes is marked right, and nothing else is.

scikit-learn takes many matrices at a time, each as one label of a multilabel task; averages and Matthews' coefficient
are taken from its values per class, and undefined where one of these is, as nothing is left out of a mean here.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from sklearn import metrics

from gradesmith.kinds.confusion_matrix.matrices import BINARY, CLASSWISE, OVERALL, Matrix
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey
from gradesmith.model.outcomes import Status
from gradesmith.model.questions import Part
from gradesmith.notebooks.responses import answered
from gradesmith.rules.scoring import mark

MATRICES = 5000  # of two classes, and as many of three
MOST = {2: 40, 3: 12}
KEY = {"tolerance": 0.0005, "points": Fraction(1)}
UNDEFINED = ("undefined", "nan", float("nan"), "Undefined", " NaN ")
SCORES = {"precision": metrics.precision_score, "recall": metrics.recall_score, "f1": metrics.f1_score}


def random_cells(size):
    """Return matrices with many empty cells, rows and columns, but each with a case."""
    rng = np.random.default_rng(size)
    cells = rng.integers(0, MOST[size], (MATRICES, size, size)) * (rng.random((MATRICES, size, size)) > 0.3)
    cells[cells.sum((1, 2)) == 0, -1, -1] = 1
    return cells


def of_class(cells, one):
    """Return scikit-learn's values of one class for all matrices at once."""
    hits = cells[:, one, one]
    actual, predicted = cells[:, one].sum(1), cells[:, :, one].sum(1)
    case = np.arange(int((actual + predicted).max()))[:, None]
    really = case < actual
    said = (case < hits) | ((case >= actual) & (case < actual + predicted - hits))
    found = {name: score(really, said, average=None, zero_division=np.nan) for name, score in SCORES.items()}
    return {**found, "accuracy": found["recall"]}


def coefficient(cells):
    """Return Matthews' coefficient: the correlation of two variables that stand for the classes."""
    total, actual, predicted = cells.sum((1, 2)), cells.sum(2), cells.sum(1)
    shared = np.trace(cells, axis1=1, axis2=2) * total - (actual * predicted).sum(1)
    spread = (total**2 - (actual**2).sum(1)) * (total**2 - (predicted**2).sum(1)).astype(float)
    with np.errstate(invalid="ignore"):
        return np.where(spread > 0, shared / np.sqrt(spread), np.nan)


def oracle(cells):
    """Return the value of every quantity for every matrix; NaN where it is undefined."""
    size, total, weights = cells.shape[1], cells.sum((1, 2)), cells.sum(2)
    accuracy = np.trace(cells, axis1=1, axis2=2) / total
    classes = [of_class(cells, one) for one in range(size)]
    values = {"accuracy": accuracy, "mcc": coefficient(cells)}
    for name in SCORES:
        each = np.array([one[name] for one in classes]).T
        values[f"macro_{name}"] = each.mean(1)
        values[f"micro_{name}"] = accuracy
        values[f"weighted_{name}"] = np.where(weights > 0, each * weights, 0).sum(1) / total
    values["balanced_accuracy"] = values["macro_recall"]
    for letter, one in zip("abc", classes, strict=False):
        values |= {f"{name}_of_{letter}": value for name, value in one.items()}
    if size == 2:
        values |= {name: classes[0][name] for name in SCORES}
        values["sensitivity"], values["specificity"] = classes[0]["recall"], classes[1]["recall"]
        values["false_positive_rate"] = 1 - classes[1]["recall"]
        values["selection_rate"] = cells[:, :, 0].sum(1) / total
    return values


def part_of(cells):
    """Return the part that asks for every quantity of one matrix."""
    matrix = Matrix(tuple(map(tuple, cells.tolist())))
    formulas = {**OVERALL, **BINARY} if matrix.size == 2 else OVERALL
    values = {name: formula(matrix) for name, formula in formulas.items()}
    for name, formula in CLASSWISE.items():
        values |= {f"{name}_of_{letter}": formula(matrix, one) for one, letter in enumerate("abc"[: matrix.size])}
    keys = [FieldKey(name=name, value=None if value is None else float(value), **KEY) for name, value in values.items()]
    fields = tuple(Field(name=name, label=name) for name in values)
    return Part(interaction=Fields(fields=fields), key=FieldsKey(fields=tuple(keys)), points=Fraction(len(keys)))


def ended(part, typed):
    """Return how the quantities of a part ended, when this was typed."""
    return {one.check: one.status for one in mark(part, answered("q01", typed), ()).outcomes}


@pytest.mark.parametrize("size", [2, 3])
def test_marking_agrees_with_scikit_learn(size):
    """Four digits of each defined value, and a word or NaN for each other, are right; anything else is wrong."""
    cells = random_cells(size)
    values = oracle(cells)
    undefined = 0
    for number, matrix in enumerate(cells):
        part = part_of(matrix)
        right = {
            name: UNDEFINED[number % len(UNDEFINED)] if np.isnan(value[number]) else round(float(value[number]), 4)
            for name, value in values.items()
        }
        assert ended(part, right) == dict.fromkeys(right, Status.PASSED), matrix
        undefined += sum(not isinstance(typed, float) or np.isnan(typed) for typed in right.values())
        if number % 10 == 0:
            wrong = {name: 0.0 if np.isnan(value[number]) else value[number] + 0.01 for name, value in values.items()}
            assert ended(part, wrong) == dict.fromkeys(wrong, Status.FAILED), matrix
    assert undefined > MATRICES // 2


@pytest.mark.parametrize("size", [2, 3])
def test_the_coefficient_is_scikit_learns(size):
    """Which gives 0 where Matthews' coefficient is undefined."""
    cells = random_cells(size)[:100]
    actual, predicted = np.divmod(np.arange(size * size), size)
    theirs = [metrics.matthews_corrcoef(actual, predicted, sample_weight=one.ravel()) for one in cells]
    assert np.nan_to_num(coefficient(cells)) == pytest.approx(theirs)
