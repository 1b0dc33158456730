import statistics

import numpy as np
import pytest


def _expected(x, residuals, bins):
    """Work the three lists out row by row."""
    rows = sorted(zip(x, residuals, strict=True), key=lambda row: row[0])
    groups, start = [], 0
    for number in range(bins):
        size = len(rows) // bins + (1 if number < len(rows) % bins else 0)
        groups.append(rows[start : start + size])
        start += size
    return (
        [statistics.fmean(row[0] for row in group) for group in groups],
        [statistics.fmean(row[1] for row in group) for group in groups],
        [statistics.pstdev(float(row[1]) for row in group) for group in groups],
    )


def _agrees(answer, expected):
    assert len(answer) == 3
    for got, wanted in zip(answer, expected, strict=True):
        assert list(got) == pytest.approx(wanted)


@pytest.mark.check(points=1, visible=True)
def test_four_rows(student):
    """The example: four rows in two groups."""
    centres, means, spreads = student.binned_residuals([5, 1, 3, 2], [4, -1, 2, -3], 2)
    assert list(centres) == pytest.approx([1.5, 4])
    assert list(means) == pytest.approx([-2, 3])
    assert list(spreads) == pytest.approx([1, 1])


@pytest.mark.check(points=2)
def test_fresh_rows(student, rng):
    """Fresh rows, as lists and as arrays, in groups of equal size; what was given stays as it is."""
    for size, bins in ((40, 4), (60, 6), (25, 5)):
        x, residuals = rng.gamma(2, 5, size), rng.normal(0, 3, size)
        expected = _expected(x.tolist(), residuals.tolist(), bins)
        _agrees(student.binned_residuals(x.tolist(), residuals.tolist(), bins), expected)
        given = x.copy(), residuals.copy()
        _agrees(student.binned_residuals(*given, bins), expected)
        assert np.array_equal(given[0], x) and np.array_equal(given[1], residuals)


@pytest.mark.check(points=1)
def test_groups_of_unlike_size(student, rng):
    """Numbers of rows that cannot be divided, one group for all, and a group for each row."""
    for size, bins in ((8, 3), (23, 5), (50, 7), (9, 1), (6, 6)):
        x, residuals = rng.permutation(size) * 1.5, rng.normal(0, 3, size)
        _agrees(student.binned_residuals(x, residuals, bins), _expected(x.tolist(), residuals.tolist(), bins))


@pytest.mark.check(points=1)
def test_rows_with_the_same_x(student, rng):
    """Many rows with the same x: they keep their order and may fall into different groups."""
    for size, bins in ((60, 7), (41, 4)):
        x, residuals = rng.integers(0, 4, size), rng.normal(0, 3, size)
        _agrees(student.binned_residuals(x, residuals, bins), _expected(x.tolist(), residuals.tolist(), bins))
    x, residuals = np.full(30, 2), rng.normal(0, 3, 30)
    _agrees(student.binned_residuals(x, residuals, 4), _expected(x.tolist(), residuals.tolist(), 4))
