import math

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, confusion_matrix

LABELS = ["fine", "repair", "hazard"]


def _annotated(rng, labels, size, noise):
    """Draw labels of two annotators, the second following the first but for some notes."""
    habits = np.arange(len(labels), 0, -1.0)
    first = rng.choice(labels, size, p=habits / habits.sum())
    second = np.where(rng.random(size) < noise, rng.choice(labels, size), first)
    return first.tolist(), second.tolist()


@pytest.mark.check(points=1, visible=True)
def test_ten_notes(student):
    """The ten notes of the example, from their labels to plain and weighted kappa."""
    first = ["fine"] * 5 + ["repair"] * 3 + ["hazard"] * 2 + ["fine", None]
    second = ["fine"] * 4 + ["repair"] * 1 + ["fine"] + ["repair"] * 2 + ["fine", "hazard"] + [None, "hazard"]
    table = np.asarray(student.agreement_table(first, second, ["fine", "repair", "hazard"]))
    assert table.tolist() == [[4, 1, 0], [1, 2, 0], [1, 0, 1]]
    assert student.kappa_from_table(table) == pytest.approx(1 - 3 / 5.9)
    assert student.kappa_from_table(table, squared=True) == pytest.approx(1 - 6 / 11)


@pytest.mark.check(points=1)
def test_fresh_tables(student, rng):
    """Fresh labels, of three and of four kinds, against scikit-learn's table."""
    for labels in (["calm", "odd", "bad"], ["d", "c", "b", "a"], [0, 1]):
        first, second = _annotated(rng, labels, 60, 0.5)
        expected = confusion_matrix(first, second, labels=labels)
        table = np.asarray(student.agreement_table(first, second, labels))
        assert np.array_equal(table, expected)
        assert table.dtype.kind in "iu", "The counts must be whole numbers."


@pytest.mark.check(points=1)
def test_notes_that_one_has_not_seen(student, rng):
    """Gaps on either side or on both, and labels that nobody used."""
    first, second = _annotated(rng, LABELS, 70, 0.4)
    seen_by_first, seen_by_second = rng.random((2, 70)) < 0.7
    both = [row for row in range(70) if seen_by_first[row] and seen_by_second[row]]
    expected = confusion_matrix([first[row] for row in both], [second[row] for row in both], labels=LABELS)
    first = [label if seen else None for label, seen in zip(first, seen_by_first, strict=True)]
    second = [label if seen else None for label, seen in zip(second, seen_by_second, strict=True)]
    assert np.array_equal(student.agreement_table(first, second, LABELS), expected)
    more = [*LABELS, "unused"]
    assert np.array_equal(student.agreement_table(first, second, more), np.pad(expected, (0, 1)))
    # labels that are false to Python are labels all the same
    assert np.array_equal(student.agreement_table([0, 0, None, 1], [0, 1, 0, None], [0, 1]), [[1, 1], [0, 0]])


@pytest.mark.check(points=1)
def test_plain_kappa(student, rng):
    """Plain kappa of fresh tables, given as arrays and as lists, against scikit-learn."""
    for labels, noise in ((LABELS, 0.3), (["a", "b", "c", "d", "e"], 0.6), ([0, 1], 1.0)):
        first, second = _annotated(rng, labels, 90, noise)
        table = confusion_matrix(first, second, labels=labels)
        expected = cohen_kappa_score(first, second)
        assert student.kappa_from_table(table) == pytest.approx(expected)
        assert student.kappa_from_table(table.tolist()) == pytest.approx(expected)
    assert student.kappa_from_table([[0, 6], [3, 0]]) == pytest.approx(1 - 9 / 5)
    assert student.kappa_from_table([[6, 0], [3, 0]]) == pytest.approx(0)


@pytest.mark.check(points=1)
def test_weighted_kappa(student, rng):
    """Weighted kappa of fresh tables, against scikit-learn's quadratic weights."""
    for labels, noise in ((LABELS, 0.4), (["a", "b", "c", "d", "e"], 0.7)):
        first, second = _annotated(rng, labels, 90, noise)
        order = {label: place for place, label in enumerate(labels)}
        expected = cohen_kappa_score(
            [order[label] for label in first], [order[label] for label in second], weights="quadratic"
        )
        table = confusion_matrix(first, second, labels=labels)
        assert student.kappa_from_table(table, squared=True) == pytest.approx(expected)
        assert student.kappa_from_table(table.tolist(), True) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_unknown_kappa(student, rng):
    """One and the same label for everything, an empty table, and tables near to these."""
    notes = int(rng.integers(3, 30))
    for squared in (False, True):
        assert math.isnan(student.kappa_from_table([[0, 0], [0, notes]], squared))
        assert math.isnan(student.kappa_from_table(np.zeros((3, 3), dtype=int), squared))
        assert student.kappa_from_table([[1, 0], [0, notes]], squared) == pytest.approx(1)
        assert student.kappa_from_table([[0, notes], [0, 0]], squared) == pytest.approx(0)
