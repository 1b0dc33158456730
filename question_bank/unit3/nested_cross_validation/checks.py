import functools

import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier


class Pretended(BaseEstimator):
    """A search that boasts of a score and a setting, which hang on how many rows it was fitted on, in all its fits."""

    def __init__(self, boasts=None):
        self.boasts = boasts

    def fit(self, x, y):
        """Count the rows, and boast."""
        self.rows_ = getattr(self, "rows_", 0) + len(x)
        self.best_score_, neighbours = self.boasts[self.rows_]
        self.best_params_ = {"n_neighbors": neighbours}
        self.label_ = y[0]
        return self

    def predict(self, x):
        """Say the same of every row."""
        return np.full(len(x), self.label_)


class Cuts:
    """A splitter that tests on one block of rows after the other."""

    def __init__(self, *sizes):
        self.ends = np.cumsum(sizes)

    def split(self, x, y=None):
        """Give the rows outside and inside of each block."""
        rows = np.arange(len(x))
        for start, end in zip([0, *self.ends[:-1]], self.ends, strict=True):
            inside = (rows >= start) & (rows < end)
            yield rows[~inside], rows[inside]


def _lots(rng, size=60):
    """Make rows of three columns with a label that two of them decide, more or less; one row in three is a 1."""
    x = rng.normal(size=(size, 3))
    return x, (x[:, 0] + x[:, 1] + rng.normal(0, 0.8, size) > 0.6).astype(int)


@pytest.mark.check(points=1, visible=True)
def test_three_folds(student):
    """Three outer folds, two of which choose the same setting."""
    y = np.array([1, 1, 0, 0, 1, 1, 0, 0, 1, 0])
    boasts = {8: (0.80, 5), 7: (0.82, 9), 5: (0.84, 5)}
    result = student.nested_cv(Pretended(boasts), np.zeros((10, 1)), y, Cuts(2, 3, 5))
    assert result["chosen"] == [{"n_neighbors": 5}, {"n_neighbors": 9}, {"n_neighbors": 5}]
    assert result["inner"] == pytest.approx([0.80, 0.82, 0.84])
    assert result["outer"] == pytest.approx([0, 1 / 3, 2 / 5])
    assert result["agreement"] == pytest.approx(2 / 3)
    assert result["optimism"] == pytest.approx(0.82 - (1 / 3 + 2 / 5) / 3)


def _searches(model, grid):
    """Make a search that scores by something else than accuracy."""
    return GridSearchCV(model, grid, cv=2, scoring="roc_auc")


def _neighbours(draw):
    """Make a search over neighbours with rows and outer folds for it."""
    search = _searches(KNeighborsClassifier(), {"n_neighbors": [1, 8]})
    rng = np.random.default_rng(draw)
    return search, *_lots(rng), StratifiedKFold(2, shuffle=True, random_state=int(rng.integers(1000)))


def _depths(draw):
    """Make a search over the depth of a tree with rows and outer folds for it."""
    search = _searches(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 4]})
    return search, *_lots(np.random.default_rng(draw), 50), Cuts(10, 24, 16)


@functools.cache  # drawn alike for everybody, so the searches are made once
def _expected(make, draw):
    """Search once for each outer fold, and return the accuracies, what the searches say of themselves, and settings."""
    search, x, y, outer = make(draw)
    pairs = list(outer.split(x, y))
    found = [clone(search).fit(x[train], y[train]) for train, _ in pairs]
    accuracies = [np.mean(one.predict(x[test]) == y[test]) for one, (_, test) in zip(found, pairs, strict=True)]
    return accuracies, [one.best_score_ for one in found], [one.best_params_ for one in found]


def _compare(student, make, draw):
    """Compare what the student's function returns with the searches that it should have made."""
    result, (outer, inner, chosen) = student.nested_cv(*make(draw)), _expected(make, draw)
    assert result["outer"] == pytest.approx(outer)
    assert result["inner"] == pytest.approx(inner)
    assert result["chosen"] == chosen


@pytest.mark.check(points=2)
def test_fresh_search(student, rng):
    """A fresh search over neighbours that scores by something else than accuracy."""
    _compare(student, _neighbours, int(rng.integers(2**32)))


@pytest.mark.check(points=1)
def test_another_search(student, rng):
    """A fresh search over the depth of a tree, with outer folds of unlike sizes."""
    _compare(student, _depths, int(rng.integers(2**32)))


@pytest.mark.check(points=1)
def test_summary(student, rng):
    """Agreement and optimism over fresh outer folds of unlike sizes, and with a single fold."""
    choices = ([3, 7, 7, 1, 7], [2, 2, 9, 9, 4], [5, 6, 7, 8, 9], [4, 4, 4, 4, 4], [6])
    for neighbours in choices:
        folds = len(neighbours)
        sizes, y = rng.permutation(np.arange(3, 3 + folds)), rng.integers(0, 2, 40)
        scores = rng.uniform(0.3, 0.9, folds)
        boasts = {40 - int(size): pair for size, pair in zip(sizes, zip(scores, neighbours, strict=True), strict=True)}
        result = student.nested_cv(Pretended(boasts), np.zeros((40, 1)), y, Cuts(*sizes))
        outer = [np.mean(y[test] == y[train[0]]) for train, test in Cuts(*sizes).split(y)]
        assert set(result) == {"outer", "inner", "chosen", "agreement", "optimism"}
        assert result["agreement"] == pytest.approx(max(neighbours.count(one) for one in neighbours) / folds)
        assert result["optimism"] == pytest.approx(scores.mean() - np.mean(outer))
