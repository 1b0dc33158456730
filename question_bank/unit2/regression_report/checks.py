import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error


def cases(rng, shift=2.0):
    """Draw actual values far from 0 and predictions that are too high on average, with errors of unlike size."""
    size = int(rng.integers(15, 40))
    actual = rng.normal(60, 20, size)
    predicted = actual + rng.normal(shift, 1, size) * rng.choice([1, 5], size)
    return actual, predicted


def agrees(report, actual, predicted):
    """Whether all four numbers are those of scikit-learn and of the definition of the bias."""
    wanted = {
        "bias": np.mean(predicted) - np.mean(actual),
        "mae": mean_absolute_error(actual, predicted),
        "rmse": root_mean_squared_error(actual, predicted),
        "r2": r2_score(actual, predicted),
    }
    return report == pytest.approx(wanted)


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with four cases."""
    report = student.regression_report([10, 12, 14, 20], [11, 12, 11, 22])
    # errors: 1, 0, -3, 2; distances of the actual values from their mean: -4, -2, 0, 6
    assert report["bias"] == pytest.approx(0)
    assert report["mae"] == pytest.approx(6 / 4)
    assert report["rmse"] == pytest.approx((14 / 4) ** 0.5)
    assert report["r2"] == pytest.approx(1 - 14 / 56)


@pytest.mark.check(points=1)
def test_fresh_cases(student, rng):
    """Fresh random cases as lists and arrays, against scikit-learn."""
    for shift in (2.0, -3.0):
        actual, predicted = cases(rng, shift)
        assert agrees(student.regression_report(actual, predicted), actual, predicted), "wrong with arrays"
        report = student.regression_report(actual.tolist(), predicted.tolist())
        assert agrees(report, actual, predicted), "wrong with lists"


@pytest.mark.check(points=1)
def test_worse_than_the_mean(student, rng):
    """Predictions that are worse than the mean, and whole numbers."""
    actual, _ = cases(rng)
    predicted = 2 * actual.mean() - actual + rng.normal(0, 1, len(actual))
    assert agrees(student.regression_report(actual, predicted), actual, predicted), "wrong for poor predictions"
    whole, forecast = rng.integers(3, 90, 25), rng.integers(3, 90, 25)
    assert agrees(student.regression_report(whole, forecast), whole, forecast), "wrong for whole numbers"


@pytest.mark.check(points=1)
def test_columns(student, rng):
    """Columns of shape (n, 1) on either side."""
    actual, predicted = cases(rng)
    for one, other in (
        (actual, predicted[:, None]),
        (actual[:, None], predicted),
        (actual[:, None], predicted[:, None]),
        (actual.tolist(), predicted[:, None]),
    ):
        assert agrees(student.regression_report(one, other), actual, predicted), "wrong when a shape is (n, 1)"


@pytest.mark.check(points=1)
def test_equal_values(student, rng):
    """Actual values that are all equal, and a single case."""
    for value in (0.1, 7, float(rng.uniform(0.2, 0.9))):
        predicted = rng.uniform(0, 1, 6)
        report = student.regression_report([value] * 6, predicted.tolist())
        assert report["r2"] is None, "with equal actual values there is no such share"
        assert report["mae"] == pytest.approx(np.mean(np.abs(predicted - value)))
    report = student.regression_report([4.0], [4.0])
    assert (report["bias"], report["mae"], report["rmse"], report["r2"]) == (0, 0, 0, None)
    nearly = student.regression_report([5.0, 5.0, 5.001], [5.0, 5.0, 5.0])
    assert nearly["r2"] == pytest.approx(r2_score([5.0, 5.0, 5.001], [5.0, 5.0, 5.0])), "the values differ a little"
