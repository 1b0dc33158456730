import functools
from collections import Counter

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier


class Says:
    """Predicts what it was told to, for as many rows as are asked about."""

    def __init__(self, labels):
        self.labels = np.asarray(labels)

    def predict(self, x):
        """Return the first labels."""
        return self.labels[: len(x)]


def _mornings(rng, size):
    """Make rows of four columns and one of three labels; the columns are not quite enough to tell them."""
    x = rng.normal(size=(size, 4))
    return x, np.digitize(x[:, 0] * x[:, 1] + x[:, 2] + rng.normal(0, 0.5, size), [-0.5, 0.7])


def _commonest(votes):
    """Count the votes of each column, one by one."""
    return [min(counts, key=lambda label: (-counts[label], label)) for counts in map(Counter, zip(*votes, strict=True))]


@functools.cache  # drawn alike for everybody
def _drawn(draw):
    """Draw rows, their labels, and new rows."""
    rng = np.random.default_rng(draw)
    (x, y), (new, _) = _mornings(rng, 70), _mornings(rng, 150)
    return x, y, new


@functools.lru_cache(maxsize=100)  # who draws rows as asked has the same trees as everybody
def _said(draw, depth, i, rows):
    """Return what a tree that is fitted to some of the rows says of the new ones."""
    x, y, new = _drawn(draw)
    tree = DecisionTreeClassifier(max_depth=depth, random_state=i).fit(x[list(rows)], y[list(rows)])
    return tree.predict(new)


@pytest.mark.check(points=1, visible=True)
def test_three_trees(student):
    """The majority of three trees about three cases."""
    assert np.array_equal(student.majority([[0, 2, 1], [0, 2, 2], [1, 1, 0]]), [0, 2, 0])


@pytest.mark.check(points=1, visible=True)
def test_rows_of_a_bag(student):
    """Two trees, each with as many drawn rows as there are."""
    x, y = np.arange(20.0).reshape(10, 2), np.array([0, 1] * 5)
    bag = student.bagged(x, y, 2, 3, 0)
    assert len(bag) == 2
    assert [len(rows) for rows, _ in bag] == [10, 10]
    assert bag[0][0].tolist() != bag[1][0].tolist(), "Each tree needs a draw of its own."


@pytest.mark.check(points=1)
def test_fresh_bootstrap(student, rng):
    """The rows that fresh bags have drawn."""
    for size in (30, 61):
        seed, (x, y) = int(rng.integers(1000)), _mornings(rng, size)
        generator = np.random.default_rng(seed)
        bag = student.bagged(x, y, 4, 2, seed)
        assert len(bag) == 4
        for rows, _ in bag:
            assert np.array_equal(rows, generator.integers(0, size, size))


@pytest.mark.check(points=1)
def test_fresh_trees(student, rng):
    """What each tree of a fresh bag predicts, with a depth and without."""
    for depth in (1, 3, None):
        draw = int(rng.integers(2**32))
        x, y, new = _drawn(draw)
        bag = student.bagged(x, y, 3, depth, int(rng.integers(1000)))
        for i, (rows, tree) in enumerate(bag):
            assert np.array_equal(tree.predict(new), _said(draw, depth, i, tuple(rows.tolist())))
        assert len(bag) == 3


@pytest.mark.check(points=1)
def test_fresh_majorities(student, rng):
    """Majorities of fresh votes with many ties, as lists and as arrays, and of a single tree."""
    for trees, cases, labels in ((1, 9, 4), (6, 40, 2), (8, 40, 5), (25, 12, 3), (7, 1, 2)):
        votes = rng.integers(0, labels, (trees, cases))
        for given in (votes, votes.tolist()):
            assert np.asarray(student.majority(given)).tolist() == _commonest(votes.tolist())


@pytest.mark.check(points=1)
def test_labels_of_a_bag(student, rng):
    """The majority labels of bags that were made elsewhere."""
    for trees in (4, 5):
        votes = rng.integers(0, 3, (trees, 30))
        bag = [(np.arange(3), Says(row)) for row in votes]
        assert np.asarray(student.bagged_labels(bag, np.zeros((30, 2)))).tolist() == _commonest(votes.tolist())
        some = student.bagged_labels(bag, np.zeros((11, 2)))
        assert np.asarray(some).tolist() == _commonest(votes.tolist())[:11]
