import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import median_abs_deviation


def _same_numbers(answer, expected):
    """Tell whether the answer holds the expected numbers."""
    assert answer is not None, "neighbour_distance returned None: does it end with a return?"
    answer = np.asarray(answer, dtype=float)
    return answer.shape == expected.shape and np.allclose(answer, expected)


def _truths(answer):
    """Return the answer as an array of truth values."""
    assert answer is not None, "stands_out returned None: does it end with a return?"
    answer = np.asarray(answer)
    assert answer.dtype == bool, "An array of True and False is wanted."
    return answer


def _oracle(points, k):
    return np.sort(cdist(points, points), axis=1)[:, 1 : k + 1].mean(axis=1)  # the first zero is the point itself


@pytest.mark.check(points=1, visible=True)
def test_example(student):
    """The four points of the example, and which of them stands out."""
    assert _same_numbers(student.neighbour_distance([[0], [1], [2], [9]], 2), np.array([1.5, 1, 1.5, 7.5]))
    assert np.array_equal(_truths(student.stands_out([1.5, 1, 1.5, 7.5])), [False, False, False, True])
    assert not _truths(student.stands_out([1.5, 1, 1.5, 7.5], 20)).any(), "With a cut of 20 nothing stands out."


@pytest.mark.check(points=1)
def test_neighbours(student, rng):
    """Fresh points and several numbers of neighbours, as arrays and as lists."""
    for rows, columns, k in ((40, 3, 4), (30, 2, 1), (12, 5, 11)):
        points = rng.normal(size=(rows, columns)) * (1 + np.arange(columns))
        assert _same_numbers(student.neighbour_distance(points, k), _oracle(points, k))
        assert _same_numbers(student.neighbour_distance(points.tolist(), k=k), _oracle(points, k))


@pytest.mark.check(points=1)
def test_twins(student, rng):
    """Points at the same place, points without a limit being named, and two points only."""
    points = rng.normal(size=(25, 2))
    points[5:10] = points[:5]
    points[10] = points[0]
    for k in (1, 2):
        assert _same_numbers(student.neighbour_distance(points, k), _oracle(points, k))
    assert _same_numbers(student.neighbour_distance(points), _oracle(points, 5))
    assert _same_numbers(student.neighbour_distance(points[:2], 1), _oracle(points[:2], 1))


@pytest.mark.check(points=1)
def test_fresh_values(student, rng):
    """Skewed fresh values and several cuts, as arrays and as lists."""
    for cut in (1, 2.5, 4):
        for size in (31, 60):
            values = rng.gamma(1.5, size=size) * 10 - 25
            limit = np.median(values) + cut * 1.4826 * median_abs_deviation(values)
            assert np.array_equal(_truths(student.stands_out(values, cut)), values > limit)
            assert np.array_equal(_truths(student.stands_out(values.tolist(), cut=cut)), values > limit)


@pytest.mark.check(points=1)
def test_edges(student, rng):
    """Values just around the limit when none is named, a MAD of zero, and values far below."""
    low = float(rng.integers(-9, 9))
    edge = 3 * 1.4826  # the MAD of what follows is 1
    for scale in (1.0, 2.0):
        values = low + scale * np.array([-1, 1, 0, -1, 1, 0, 1, -1, edge + 1e-3, edge - 1e-3, -50])
        assert np.array_equal(_truths(student.stands_out(values)), values > low + 4.4478 * scale)
    for size in (7, 40):
        values = np.full(size, low)
        assert not _truths(student.stands_out(values)).any()
        values[:3] += -2, 0.01, 30
        assert np.array_equal(_truths(student.stands_out(values)), values > low)
