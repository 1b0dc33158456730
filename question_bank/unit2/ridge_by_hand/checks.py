import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def _scikit_learns(rows, target, alpha):
    """Fit scikit-learn's ridge regression on standardised columns."""
    return make_pipeline(StandardScaler(), Ridge(alpha=alpha, solver="svd")).fit(rows, target)


def _ridge(rows, target, alpha, probe):
    """Predict the rows of a probe by least squares, the penalty written as further rows that ask for slopes of 0."""
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    z = np.vstack([(rows - means) / scales, np.sqrt(alpha) * np.eye(rows.shape[1])])
    wanted = np.append(target - target.mean(), np.zeros(rows.shape[1]))
    slopes = np.linalg.lstsq(z, wanted, rcond=None)[0]
    return target.mean() + (probe - means) / scales @ slopes


def _trips(rng, size, columns):
    """Draw rows of very unlike scales, the last column much like the first, and a noisy target."""
    rows = rng.normal(rng.uniform(-5, 20, columns), 10 ** rng.uniform(-1, 2, columns), (size, columns))
    rows[:, -1] = rows[:, 0] * 2 + rng.normal(0, 0.1, size)
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    return rows, 30 + scaled @ rng.normal(0, 2, columns) + rng.normal(0, 3, size)


@pytest.mark.check(points=1, visible=True)
def test_three_rows(student):
    """The example: three rows on a line whose slope is halved."""
    intercept, slopes = student.fit_ridge([[1], [2], [3]], [2, 4, 6], 3)
    assert intercept == pytest.approx(2)
    assert list(slopes) == pytest.approx([1])


@pytest.mark.check(points=2)
def test_fresh_fits(student, rng):
    """Fresh rows and strengths, as lists and arrays, against scikit-learn."""
    for columns, alpha in ((2, 0.5), (4, 10), (6, 300.0)):
        rows, target = _trips(rng, 30, columns)
        probe = rng.normal(size=(5, columns))
        expected = _ridge(rows, target, alpha, probe)
        given = rows.copy(), target.copy()
        for arguments in (given, (rows.tolist(), target.tolist())):
            intercept, slopes = student.fit_ridge(*arguments, alpha)
            assert np.shape(slopes) == (columns,)
            assert intercept + probe @ np.asarray(slopes, dtype=float) == pytest.approx(expected)
        assert np.array_equal(given[0], rows) and np.array_equal(given[1], target), "What was given has been changed."
    expected = _scikit_learns(rows, target, alpha).predict(probe)
    assert intercept + probe @ np.asarray(slopes, dtype=float) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_more_columns_than_rows(student, rng):
    """Fewer rows than columns, and a strength that leaves only the mean."""
    rows, target = _trips(rng, 6, 12)
    expected = _ridge(rows, target, 2.0, rows)
    intercept, slopes = student.fit_ridge(rows, target, 2.0)
    assert intercept + rows @ np.asarray(slopes) == pytest.approx(expected)
    intercept, slopes = student.fit_ridge(rows, target, 1e12)
    assert intercept + rows @ np.asarray(slopes) == pytest.approx(np.full(6, target.mean()), rel=1e-6)


@pytest.mark.check(points=1)
def test_constant_columns(student, rng):
    """A column that is constant, whole or not, gets the slope 0 and leaves the others alone."""
    rows, target = _trips(rng, 25, 3)
    for value in (0, 7, 0.1):
        with_constant = np.insert(rows, 1, value, axis=1)
        expected = _ridge(rows, target, 4, rows)
        intercept, slopes = student.fit_ridge(with_constant, target, 4)
        slopes = np.asarray(slopes, dtype=float)
        assert slopes[1] == pytest.approx(0, abs=1e-9)
        assert intercept + with_constant @ slopes == pytest.approx(expected)
    whole = rng.integers(0, 50, (20, 2))
    target = whole[:, 0] + rng.integers(0, 9, 20)
    intercept, slopes = student.fit_ridge(whole, target, 5)
    assert intercept + whole @ np.asarray(slopes) == pytest.approx(_ridge(whole, target, 5, whole))


@pytest.mark.check(points=1)
def test_fresh_choices(student, rng):
    """The best of several strengths on fresh new rows, in any order, with all RMSEs."""
    for alphas in ([0.01, 1, 100, 10000], [50, 0.5, 5]):
        rows, target = _trips(rng, 45, 8)
        parts = rows[:15], target[:15], rows[15:], target[15:]
        errors = [target[15:] - _ridge(*parts[:2], alpha, rows[15:]) for alpha in alphas]
        expected = [float(np.sqrt(np.mean(one**2))) for one in errors]
        for given in (parts, tuple(part.tolist() for part in parts)):
            best, rmses = student.choose_alpha(*given, alphas)
            assert list(rmses) == pytest.approx(expected)
            assert best == alphas[int(np.argmin(expected))]


@pytest.mark.check(points=1)
def test_equally_good(student, rng):
    """Strengths that are equally good give the largest of them, wherever it stands in the list."""
    rows = [[-1, -1], [1, -1], [-1, 1], [1, 1]]  # balanced, so that all slopes are exactly 0
    for alphas in ([1, 100, 10], [100, 1], [0.5, 2, 8]):
        level = int(rng.integers(3, 20))
        best, rmses = student.choose_alpha(rows, [level] * 4, [[0, 3], [2, 1]], [level + 2] * 2, alphas)
        assert best == max(alphas)
        assert list(rmses) == pytest.approx([2] * len(alphas))
