import functools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

COLUMNS = ["neighbours", "weights", "mean", "worst"]


def _finished(neighbours, scores):
    """Make what a search over both weights leaves behind, from the scores of each setting on each fold."""
    scores = np.asarray(scores, dtype=float)
    settings = [{"knn__n_neighbors": n, "knn__weights": w} for n in neighbours for w in ("uniform", "distance")]
    results = {"params": settings, "mean_test_score": scores.mean(axis=1)}
    results |= {f"split{i}_test_score": scores[:, i] for i in range(scores.shape[1])}
    return SimpleNamespace(cv_results_=results, n_splits_=scores.shape[1])


def _lots(rng, size=66):
    """Make rows in unlike units, sorted by label, one row in three special; two rows lie far out."""
    y = np.sort((rng.permutation(size) < size // 3).astype(int))
    x = np.column_stack([rng.normal(1400 + 300 * y, 250), rng.normal(0.5 + 0.05 * y, 0.04), rng.normal(size=size)])
    x[[3, size - 4], 1] = 0.95, 0.05
    return x, y


@functools.cache  # drawn alike for everybody, so the search is made once
def _searched(draw, count, folds):
    """Draw rows and as many numbers of neighbours, search as the prompt says, and return what was given and found."""
    rng = np.random.default_rng(draw)
    (x, y), (new, _) = _lots(rng), _lots(rng, 150)
    neighbours, seed = [int(n) for n in rng.choice(np.arange(2, 14), count, replace=False)], int(rng.integers(1000))
    pipeline = Pipeline([("scale", StandardScaler()), ("knn", KNeighborsClassifier())])
    grid = {"knn__n_neighbors": neighbours, "knn__weights": ["uniform", "distance"]}
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    search = GridSearchCV(pipeline, grid, cv=splitter, scoring="balanced_accuracy").fit(x, y)
    settings, scores = search.cv_results_["params"], search.cv_results_["mean_test_score"]
    return (x, y, neighbours, folds, seed), (settings, scores, search.predict(new), search.predict_proba(new)), new


@pytest.mark.check(points=1, visible=True)
def test_table_example(student):
    """The table of four settings on two folds."""
    table = student.tuning_table(_finished([3, 9], [[0.5, 0.75], [0.5, 0.5], [1, 0.75], [0.75, 0.5]]))
    assert isinstance(table, pd.DataFrame), "Return a DataFrame."
    assert list(table.columns) == COLUMNS
    assert table.values.tolist() == [
        [9, "uniform", 0.875, 0.75],
        [3, "uniform", 0.625, 0.5],
        [9, "distance", 0.625, 0.5],
        [3, "distance", 0.5, 0.5],
    ]


@pytest.mark.check(points=1, visible=True)
def test_tries_every_setting(student):
    """Two numbers of neighbours make four settings."""
    x, y = np.arange(24.0).reshape(12, 2), np.array([0, 0, 1] * 4)
    settings = student.tuned_by_grid(x, y, [1, 3], 2, 0).cv_results_["params"]
    tried = sorted((setting["knn__n_neighbors"], setting["knn__weights"]) for setting in settings)
    assert tried == [(1, "distance"), (1, "uniform"), (3, "distance"), (3, "uniform")]


def _compare(student, given, expected, new):
    """Compare the scores of all settings of two searches, and what the chosen ones predict."""
    found = student.tuned_by_grid(*given)
    settings, scores = found.cv_results_["params"], found.cv_results_["mean_test_score"]
    answer = {
        (one["knn__n_neighbors"], one["knn__weights"]): float(score)
        for one, score in zip(settings, scores, strict=True)
    }
    wanted, means, labels, shares = expected
    for one, score in zip(wanted, means, strict=True):
        assert answer[one["knn__n_neighbors"], one["knn__weights"]] == pytest.approx(score)
    assert len(answer) == len(wanted)
    assert np.array_equal(found.predict(new), labels)
    assert np.allclose(found.predict_proba(new), shares)


@pytest.mark.check(points=2)
def test_fresh_search(student, rng):
    """Scores of all settings on fresh rows in unlike units, and what the chosen one predicts for new rows."""
    _compare(student, *_searched(int(rng.integers(2**32)), 2, 2))


@pytest.mark.check(points=1)
def test_other_folds(student, rng):
    """Another number of folds, another seed, and a single number of neighbours."""
    _compare(student, *_searched(int(rng.integers(2**32)), 1, 3))


@pytest.mark.check(points=1)
def test_fresh_tables(student, rng):
    """Tables of fresh searches with two to twelve folds, with tied means."""
    for folds in (2, 5, 12):
        neighbours = [int(n) for n in rng.choice(np.arange(1, 40), 5, replace=False)]
        scores = rng.integers(8, 15, (10, folds)) / 16
        scores[7] = scores[2, ::-1]
        scores[4] = scores[2]
        table = student.tuning_table(_finished(neighbours, scores))
        order = sorted(range(10), key=lambda row: -scores[row].mean())
        assert list(table.columns) == COLUMNS
        assert list(table.index) == list(range(10))
        assert table["neighbours"].tolist() == [neighbours[row // 2] for row in order]
        assert table["weights"].tolist() == [("uniform", "distance")[row % 2] for row in order]
        assert np.allclose(table["mean"].to_numpy(dtype=float), scores[order].mean(axis=1))
        assert np.allclose(table["worst"].to_numpy(dtype=float), scores[order].min(axis=1))
