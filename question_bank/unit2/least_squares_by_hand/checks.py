import numpy as np
import pytest
from sklearn.linear_model import LinearRegression


def _trips(rng, size, columns):
    """Draw rows of unlike scales and a target that depends on all of them."""
    rows = rng.normal(rng.uniform(-5, 20, columns), rng.uniform(0.5, 6, columns), (size, columns))
    return rows, 3 + rows @ rng.uniform(-2, 2, columns) + rng.normal(0, 2, size)


@pytest.mark.check(points=1, visible=True)
def test_three_points_on_a_line(student):
    """The example: three points on one line."""
    intercept, slopes = student.fit_ols([[1], [2], [4]], [3, 5, 9])
    assert intercept == pytest.approx(1)
    assert list(slopes) == pytest.approx([2])
    assert list(student.predict([[10]], 1, [2])) == pytest.approx([21])


@pytest.mark.check(points=2)
def test_fresh_fits(student, rng):
    """Fresh rows with one to five columns, as lists and as arrays, against scikit-learn."""
    for columns in (1, 2, 5):
        rows, target = _trips(rng, 40, columns)
        model = LinearRegression().fit(rows, target)
        for given in ((rows, target), (rows.tolist(), target.tolist())):
            intercept, slopes = student.fit_ols(*given)
            assert intercept == pytest.approx(model.intercept_)
            assert np.shape(slopes) == (columns,)
            assert np.asarray(slopes) == pytest.approx(model.coef_)


@pytest.mark.check(points=1)
def test_fresh_predictions(student, rng):
    """Predictions from fresh numbers, as lists and as arrays."""
    for columns in (1, 2, 4):
        rows, slopes = rng.normal(0, 3, (columns + 3, columns)), rng.normal(0, 2, columns)
        intercept = float(rng.normal(0, 20))
        expected = [intercept + sum(slope * x for slope, x in zip(slopes, row, strict=True)) for row in rows]
        for given in ((rows, intercept, slopes), (rows.tolist(), intercept, slopes.tolist())):
            predicted = np.asarray(student.predict(*given))
            assert predicted.shape == (columns + 3,)
            assert predicted == pytest.approx(np.array(expected))


@pytest.mark.check(points=1)
def test_copied_columns(student, rng):
    """Columns that say the same, and fewer rows than columns: the fitted values are those of the best fit."""
    rows, target = _trips(rng, 30, 2)
    expected = LinearRegression().fit(rows, target).predict(rows)
    doubled = np.column_stack([rows, 0.621 * rows[:, 0], rows[:, 0] + rows[:, 1]])
    intercept, slopes = student.fit_ols(doubled, target)
    assert intercept + doubled @ np.asarray(slopes) == pytest.approx(expected)
    few, target = _trips(rng, 3, 6)
    intercept, slopes = student.fit_ols(few, target)
    assert intercept + few @ np.asarray(slopes) == pytest.approx(target)


@pytest.mark.check(points=1)
def test_far_from_zero(student, rng):
    """A column far from zero, and a target that is a whole number."""
    rows, target = _trips(rng, 40, 2)
    rows[:, 0] += 3e6
    target = np.round(target).astype(int)
    centred = rows - rows.mean(axis=0)
    expected = LinearRegression().fit(centred, target)
    intercept, slopes = student.fit_ols(rows, target)
    assert np.asarray(slopes) == pytest.approx(expected.coef_, rel=1e-5)
    assert intercept + rows @ np.asarray(slopes) == pytest.approx(expected.predict(centred), abs=1e-4)
