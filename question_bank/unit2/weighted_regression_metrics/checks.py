import math

import numpy as np
import pytest
from sklearn import metrics


def _expected(actual, predicted, runs=None):
    """Return the four numbers as scikit-learn computes them."""
    return {
        "mae": metrics.mean_absolute_error(actual, predicted, sample_weight=runs),
        "mse": metrics.mean_squared_error(actual, predicted, sample_weight=runs),
        "rmse": metrics.root_mean_squared_error(actual, predicted, sample_weight=runs),
        "r2": metrics.r2_score(actual, predicted, sample_weight=runs),
    }


def _trips(rng, size):
    """Draw actual values far from zero and predictions with a few large errors."""
    actual = rng.normal(60, 12, size)
    return actual, actual + rng.normal(1, 2, size) * rng.choice([1, 5], size)


@pytest.mark.check(points=1, visible=True)
def test_three_trips(student):
    """The example: three trips, driven once each, and the last one driven twice."""
    once = student.errors_of([2, 4, 9], [3, 4, 7])
    assert once == pytest.approx({"mae": 1, "mse": 5 / 3, "rmse": (5 / 3) ** 0.5, "r2": 1 - 5 / 26})
    twice = student.errors_of([2, 4, 9], [3, 4, 7], runs=[1, 1, 2])
    assert twice == pytest.approx({"mae": 5 / 4, "mse": 9 / 4, "rmse": 1.5, "r2": 1 - 9 / 38})


@pytest.mark.check(points=1)
def test_every_row_once(student, rng):
    """Fresh trips that count once each, in lists and arrays, against scikit-learn."""
    for size in (2, 15, 60):
        actual, predicted = _trips(rng, size)
        expected = _expected(actual, predicted)
        assert student.errors_of(actual, predicted) == pytest.approx(expected)
        assert student.errors_of(actual.tolist(), predicted.tolist()) == pytest.approx(expected)
    actual, predicted = rng.integers(0, 40, (2, 25))
    assert student.errors_of(actual, predicted) == pytest.approx(_expected(actual, predicted))


@pytest.mark.check(points=2)
def test_rows_that_count_differently(student, rng):
    """Fresh trips driven unlike numbers of times, and weights that are no whole numbers."""
    for runs in (rng.integers(1, 30, 40), rng.uniform(0.1, 2, 40)):
        actual, predicted = _trips(rng, 40)
        actual[runs > runs.mean()] += 25  # so that the weighted mean is another one than the plain mean
        predicted[runs > runs.mean()] += 22
        expected = _expected(actual, predicted, runs)
        given = actual.copy(), predicted.copy(), runs.copy()
        assert student.errors_of(*given) == pytest.approx(expected)
        assert student.errors_of(actual.tolist(), predicted.tolist(), runs.tolist()) == pytest.approx(expected)
        for before, after in zip((actual, predicted, runs), given, strict=True):
            assert np.array_equal(before, after), "What was given has been changed."


@pytest.mark.check(points=1)
def test_worse_than_the_mean(student, rng):
    """Predictions that are worse than the mean, as good as it, and perfect."""
    actual, _ = _trips(rng, 30)
    runs = rng.integers(1, 9, 30)
    for predicted in (actual[::-1], 120 - actual, np.full(30, actual.mean() + 40)):
        assert student.errors_of(actual, predicted, runs) == pytest.approx(_expected(actual, predicted, runs))
    mean = np.full(30, np.average(actual, weights=runs))
    assert student.errors_of(actual, mean, runs)["r2"] == pytest.approx(0, abs=1e-9)
    assert student.errors_of(actual, actual) == pytest.approx({"mae": 0, "mse": 0, "rmse": 0, "r2": 1})


@pytest.mark.check(points=1)
def test_nothing_to_explain(student, rng):
    """Actual values that are all equal, a single row, and values that differ only a little."""
    error = float(rng.integers(2, 9))
    for value, size in ((0.1, 3), (0.7, 6), (5, 4), (0.3, 1)):
        report = student.errors_of([value] * size, [value + error] * size, runs=list(range(1, size + 1)))
        assert math.isnan(report["r2"]), "R² is nan where all actual values are equal."
        assert (report["mae"], report["rmse"]) == pytest.approx((error, error))
        assert report["mse"] == pytest.approx(error**2)
    report = student.errors_of([1, 1, 1.5], [1, 1, 1.25])
    assert report["r2"] == pytest.approx(1 - 0.0625 * 6)
