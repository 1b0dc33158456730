import functools

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier


class Hoarder(ClassifierMixin, BaseEstimator):
    """A classifier that never forgets a row: a second fit adds to the first. It says the commonest label it has met."""

    def fit(self, x, y):
        """Add the labels to those it has met."""
        self.classes_ = np.array([0, 1])
        self.met_ = [*getattr(self, "met_", []), *np.asarray(y).tolist()]
        return self

    def predict(self, x):
        """Say the commonest label for every row."""
        return np.full(len(x), int(2 * sum(self.met_) > len(self.met_)))


def _lots(rng, size):
    """Make rows of three columns with a label that two of them decide, more or less."""
    x = rng.normal(size=(size, 3))
    return x, (x[:, 0] + x[:, 1] + rng.normal(0, 0.5, size) > 0).astype(int)


def _model(k):
    """Make the kind of model that is asked for with so many folds."""
    return {5: KNeighborsClassifier(3), 3: DecisionTreeClassifier(max_depth=3, random_state=0)}[k]


@functools.cache  # drawn alike for everybody, so scikit-learn is asked once
def _scored(draw, k):
    """Draw rows and folds; return them, and the accuracy in each fold."""
    rng = np.random.default_rng(draw)
    x, y = _lots(rng, 67)
    splitter = KFold(k, shuffle=True, random_state=int(rng.integers(1000)))
    return (x, y, list(splitter.split(x))), cross_val_score(_model(k), x, y, cv=splitter, scoring="accuracy")


@pytest.mark.check(points=1, visible=True)
def test_five_rows(student):
    """The example with five rows in two folds."""
    folds = student.k_folds(5, 2, 0)
    assert len(folds) == 2
    assert [sorted(test.tolist()) for _, test in folds] == [[2, 3, 4], [0, 1]], "The test rows of each fold."
    assert [sorted(train.tolist()) for train, _ in folds] == [[0, 1], [2, 3, 4]], "All the others are trained on."


@pytest.mark.check(points=1, visible=True)
def test_two_folds(student):
    """The nearest neighbour gets 3 of 3 right in the first fold and 1 of 2 in the second."""
    x, y = np.array([[1.0], [2.0], [9.0], [7.0], [4.9]]), np.array([0, 0, 1, 1, 0])
    folds = [(np.array([0, 2]), np.array([1, 3, 4])), (np.array([1, 3]), np.array([0, 4]))]
    accuracies, pooled = student.cross_validated(KNeighborsClassifier(1), x, y, folds)
    assert np.allclose(accuracies, [1, 0.5])
    assert pooled == pytest.approx(0.8)


@pytest.mark.check(points=2)
def test_fresh_folds(student, rng):
    """Fresh sizes and seeds: every row is tested once, and trained on in all other folds."""
    for n, k in ((int(rng.integers(20, 60)), 5), (int(rng.integers(61, 90)), 7), (9, 9), (23, 4), (24, 4)):
        seed = int(rng.integers(1000))
        shuffled, sizes = np.random.default_rng(seed).permutation(n), [n // k + (i < n % k) for i in range(k)]
        folds = student.k_folds(n, k, seed)
        assert len(folds) == k
        ends = np.cumsum(sizes)
        for (train, test), end, size in zip(folds, ends, sizes, strict=True):
            assert sorted(np.asarray(test).tolist()) == sorted(shuffled[end - size : end].tolist())
            assert sorted([*np.asarray(train).tolist(), *np.asarray(test).tolist()]) == list(range(n))


@pytest.mark.check(points=1)
def test_fresh_accuracies(student, rng):
    """Fresh rows and two kinds of model, against scikit-learn."""
    for k in (5, 3):
        given, expected = _scored(int(rng.integers(2**32)), k)
        accuracies, pooled = student.cross_validated(_model(k), *given)
        assert np.shape(accuracies) == (k,)
        assert np.allclose(accuracies, expected)
        sizes = [len(test) for _, test in given[2]]
        assert pooled == pytest.approx(np.average(expected, weights=sizes))


@pytest.mark.check(points=1)
def test_uneven_folds(student, rng):
    """Folds of very different sizes, and a single one."""
    x, y = _lots(rng, 60)
    rows = rng.permutation(60)
    folds = [(rows[10:], rows[:10]), (rows[:58], rows[58:]), (rows[:20], rows[20:])]
    right = [KNeighborsClassifier(5).fit(x[train], y[train]).predict(x[test]) == y[test] for train, test in folds]
    for some in (slice(0, 3), slice(2, 3)):
        accuracies, pooled = student.cross_validated(KNeighborsClassifier(5), x, y, folds[some])
        assert np.allclose(accuracies, [fold.mean() for fold in right[some]])
        assert pooled == pytest.approx(np.concatenate(right[some]).mean())


@pytest.mark.check(points=1)
def test_folds_do_not_talk(student, rng):
    """No fold knows what the model saw in another one."""
    many, few = int(rng.integers(30, 40)), int(rng.integers(8, 12))
    y = np.repeat([0, 1], [many, few])
    zeros, ones = np.arange(many), np.arange(many, many + few)
    folds = [(zeros[2:], ones[:3]), (ones, np.append(zeros[:4], ones[0]))]
    accuracies, pooled = student.cross_validated(Hoarder(), rng.normal(size=(many + few, 1)), y, folds)
    assert np.allclose(accuracies, [0, 1 / 5])
    assert pooled == pytest.approx(1 / 8)
