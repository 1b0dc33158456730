import numpy as np
import pytest


def _rows(rng, size, different):
    """Draw names, an outcome that partly depends on them, and folds of unequal sizes with odd numbers."""
    names = np.array([f"n{number}" for number in rng.integers(0, different, size)])
    y = rng.normal(40, 9, size) + np.array([3 * int(name[1:]) % 11 for name in names])
    return names, y, rng.choice([2, 3, 7, 7, 11], size)


def _codes(names, y):
    return {**{name: float(np.mean(y[names == name])) for name in set(names.tolist())}, None: float(np.mean(y))}


def _estimate(names, y, folds, leaky):
    """Estimate row by row, from the rows of the same name that are known."""
    forecasts = []
    for name, fold in zip(names, folds, strict=True):
        known = np.full(len(y), True) if leaky else folds != fold
        alike = y[known & (names == name)]
        forecasts.append(alike.mean() if alike.size else y[known].mean())
    return 1 - np.mean((y - forecasts) ** 2) / np.var(y)


@pytest.mark.check(points=1, visible=True)
def test_four_rows(student):
    """The four rows of the example: codes, and both estimates."""
    names, y, folds = np.array(["A", "A", "B", "B"]), np.array([1.0, 3.0, 6.0, 10.0]), np.array([0, 1, 0, 1])
    assert student.learn_codes(names, y) == pytest.approx({"A": 2, "B": 8, None: 5})
    assert student.estimated_r2(names, y, folds, leaky=True) == pytest.approx(36 / 46)
    assert student.estimated_r2(names, y, folds) == pytest.approx(6 / 46), "Without the row's own fold."


@pytest.mark.check(points=1)
def test_codes(student, rng):
    """The codes learnt from fresh rows, many and few."""
    for size, different in ((60, 8), (15, 12), (1, 1)):
        names, y, _ = _rows(rng, size, different)
        assert student.learn_codes(names, y) == pytest.approx(_codes(names, y))


@pytest.mark.check(points=1)
def test_encoded(student, rng):
    """Known and unknown names, encoded by codes from elsewhere."""
    codes = {"n0": float(rng.normal()), "n3": float(rng.normal()), None: float(rng.uniform(50, 60))}
    names = rng.permutation(np.array(["n0", "n1", "n2", "n3"] * 3))
    expected = [codes.get(name, codes[None]) for name in names.tolist()]
    np.testing.assert_allclose(np.asarray(student.encode(names, codes), dtype=float), expected)


@pytest.mark.check(points=2)
def test_honest_estimate(student, rng):
    """The honest estimate on fresh rows: names with many rows, with few, and names that occur in a single fold."""
    for size, different in ((80, 5), (50, 25), (40, 200)):
        names, y, folds = _rows(rng, size, different)
        expected = _estimate(names, y, folds, False)
        assert student.estimated_r2(names, y, folds) == pytest.approx(expected)
        assert student.estimated_r2(names, y, folds, leaky=False) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_leaky_estimate(student, rng):
    """The leaky estimate on fresh rows, next to the honest one of the same rows."""
    for size, different in ((80, 5), (50, 25)):
        names, y, folds = _rows(rng, size, different)
        for leaky in (True, False):
            expected = _estimate(names, y, folds, leaky)
            assert student.estimated_r2(names, y, folds, leaky) == pytest.approx(expected)
