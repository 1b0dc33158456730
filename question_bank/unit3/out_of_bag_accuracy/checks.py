import functools
import math

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier


class Says:
    """Has an opinion on each row, which it knows by the number in the first column."""

    def __init__(self, labels):
        self.labels = np.asarray(labels)

    def predict(self, x):
        """Look the rows up; like scikit-learn, refuse to be asked about none."""
        if not len(x):
            raise ValueError("no rows")
        return self.labels[np.asarray(x)[:, 0].astype(int)]


def _numbered(size):
    """Make rows whose first column is their number."""
    return np.column_stack([np.arange(size), np.zeros(size)]).astype(float)


def _expected(bag, x, y):
    """Count row by row."""
    opinions = [(set(rows.tolist()), tree.predict(x).tolist()) for rows, tree in bag]
    labels = []
    for i in range(len(x)):
        votes = [says[i] for seen, says in opinions if i not in seen]
        labels.append(int(2 * sum(votes) > len(votes)) if votes else -1)
    right = [label == truth for label, truth in zip(labels, y, strict=True) if label >= 0]
    return labels, sum(right) / len(right) if right else math.nan, len(right) / len(x)


def _agrees(result, expected):
    """Compare a result with labels, accuracy and coverage."""
    assert set(result) == {"labels", "accuracy", "covered"}
    assert np.asarray(result["labels"]).tolist() == expected[0]
    assert result["accuracy"] == pytest.approx(expected[1], nan_ok=True)
    assert result["covered"] == pytest.approx(expected[2])


@functools.cache  # drawn alike for everybody, so the trees are grown once
def _grown(draw):
    """Grow a bag of real trees from a number; return it with its rows and labels, and what is expected of it."""
    rng = np.random.default_rng(draw)
    x, y = rng.normal(size=(60, 3)), rng.integers(0, 2, 60)
    draws = [rng.integers(0, 60, 60) for _ in range(12)]
    bag = [(rows, DecisionTreeClassifier(random_state=0).fit(x[rows], y[rows])) for rows in draws]
    return (bag, x, y), _expected(bag, x, y)


@pytest.mark.check(points=1, visible=True)
def test_two_trees(student):
    """The example of two trees and four rows."""
    bag = [(np.array([0, 0, 1, 3]), Says([1, 1, 1, 0])), (np.array([0, 1, 1, 0]), Says([0, 0, 0, 1]))]
    result = student.out_of_bag(bag, _numbered(4), np.array([1, 0, 1, 1]))
    assert np.array_equal(result["labels"], [-1, -1, 0, 1])
    assert result["accuracy"] == pytest.approx(1 / 2)
    assert result["covered"] == pytest.approx(1 / 2)


@pytest.mark.check(points=1)
def test_fresh_opinions(student, rng):
    """Fresh bags of few and of many voters, with ties and with rows that nobody may judge."""
    for trees, size in ((1, 20), (2, 25), (4, 30), (9, 40)):
        x, y = _numbered(size), rng.integers(0, 2, size)
        bag = [(rng.integers(0, size, size), Says(rng.integers(0, 2, size))) for _ in range(trees)]
        _agrees(student.out_of_bag(bag, x, y), _expected(bag, x, y))


@pytest.mark.check(points=1)
def test_fresh_trees(student, rng):
    """A fresh bag of real trees, which know their own rows by heart and nothing else."""
    given, expected = _grown(int(rng.integers(2**32)))
    _agrees(student.out_of_bag(*given), expected)


@pytest.mark.check(points=1)
def test_nobody_may_vote(student, rng):
    """Trees that saw every row, alone and beside one that did not."""
    size = int(rng.integers(6, 12))
    x, y, everything = _numbered(size), rng.integers(0, 2, size), rng.permutation(size)
    bag = [(everything, Says(y)), (everything[::-1], Says(1 - y))]
    _agrees(student.out_of_bag(bag, x, y), ([-1] * size, math.nan, 0))
    bag.append((np.repeat(everything[0], size), Says(y)))
    _agrees(student.out_of_bag(bag, x, y), _expected(bag, x, y))
