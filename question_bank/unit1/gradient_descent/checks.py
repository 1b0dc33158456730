import numpy as np
import pytest


def _same(answer, expected):
    """Tell whether a returned path has the expected shape and numbers."""
    assert answer is not None, "The function returned None: does it end with a return?"
    return np.shape(answer) == np.shape(expected) and np.allclose(np.asarray(answer, dtype=float), expected)


def _parabola(curvatures, centre):
    """Return the gradient of a parabola with these curvatures around a centre."""
    return lambda w: curvatures * (np.asarray(w) - centre)


def _path(curvatures, centre, start, rate, steps):
    """Compute the path in closed form: each distance to the centre shrinks by a factor of its own at every step."""
    return np.array([centre + (start - centre) * (1 - rate * curvatures) ** k for k in range(steps + 1)])


@pytest.mark.check(points=1, visible=True)
def test_halving_example(student):
    """The example: a parabola on which each step halves the distance."""
    path = student.descend(lambda w: 2 * w, [8], 0.25, steps=3)
    assert _same(path, [[8], [4], [2], [1]]), "The path holds the start and the place after each step."
    assert _same(student.descend(lambda w: 2 * w, [8], 0.25, tolerance=4), [[8], [4], [2]]), "At 2 it is flat enough."


@pytest.mark.check(points=1)
def test_fresh_valleys(student, rng):
    """Every place of the path on fresh parabolas in several dimensions, with fresh rates."""
    for size in (1, 3, 5):
        curvatures, centre, start = rng.uniform(0.5, 3, size), rng.normal(size=size), rng.normal(0, 9, size)
        rate = float(rng.uniform(0.05, 0.6))
        answer = student.descend(_parabola(curvatures, centre), start, rate, 12, 0)
        assert _same(answer, _path(curvatures, centre, start, rate, 12))
        answer = student.descend(_parabola(curvatures, centre), start.tolist(), rate, steps=5)
        assert _same(answer, _path(curvatures, centre, start, rate, 5))


@pytest.mark.check(points=1)
def test_flat_enough(student, rng):
    """Stops where the gradient is no longer than the tolerance, which it may equal, and not before."""
    for slope in rng.permutation([2, 4, 8, 16]).tolist():
        start = np.array([3.0, -4.0]) * 64
        lengths = 5 * 64 * slope * 0.5 ** np.arange(40)
        for last in (0, 2, 5):
            for tolerance, expected in ((lengths[last], last), (0.8 * lengths[last], last + 1)):
                answer = student.descend(lambda w, c=slope: c * w, start, 0.5 / slope, tolerance=float(tolerance))
                assert _same(answer, _path(np.full(2, slope), np.zeros(2), start, 0.5 / slope, expected))
    start = np.array([1.0, 3.0]) * int(rng.integers(2, 9))
    usual = student.descend(lambda w: w, start, 0.5)
    steps = int(np.ceil(np.log2(np.linalg.norm(start) / 1e-6)))
    assert _same(usual, _path(np.ones(2), np.zeros(2), start, 0.5, steps)), "the usual tolerance is 1e-6"


@pytest.mark.check(points=1)
def test_number_of_steps(student, rng):
    """No step at all, a single one, and as many as there are when nothing is said."""
    start = rng.normal(0, 5, 2)
    for steps in (0, 1, 7):
        answer = student.descend(lambda w: w, start, 0.25, steps)
        assert _same(answer, _path(np.ones(2), np.zeros(2), start, 0.25, steps))
    none = student.descend(lambda w: w, [int(number) for number in rng.integers(2, 9, 3)], 0.25, 0)
    assert np.asarray(none).dtype.kind == "f", "the path must hold floats"
    slow = student.descend(lambda w: np.ones_like(w), start, 0.5)
    assert _same(slow, start - 0.5 * np.arange(1001)[:, np.newaxis])


@pytest.mark.check(points=1)
def test_whole_numbers_and_matrices(student, rng):
    """Starts that are whole numbers, and starts that are matrices."""
    for shape in ((2, 3), (3,), (2, 1, 2)):
        start = rng.integers(-9, 10, shape)
        expected = _path(np.full(shape, 0.5), np.full(shape, 0.25), start, 0.5, 6)
        assert _same(student.descend(lambda w: 0.5 * (w - 0.25), start, 0.5, 6), expected)
        assert _same(student.descend(lambda w: (0.5 * (w - 0.25)).tolist(), start.tolist(), 0.5, 6), expected)


@pytest.mark.check(points=1)
def test_walk_that_explodes(student, rng):
    """A rate that is too large: the walk ends at the last place that is finite."""
    for power in (60, 90):
        start = rng.uniform(1, 2, 2)
        factor = 1 - 2.0**power
        path = [start]
        with np.errstate(over="ignore"):
            while np.all(np.isfinite(path[-1] * factor)):
                path.append(path[-1] * factor)
        answer = student.descend(lambda w: w, start, 2.0**power, 60)
        assert _same(answer, np.array(path))
    half = student.descend(lambda w: w * np.array([1.0, np.nan if abs(w[0]) < 1 else 1.0]), [4.0, 1.0], 0.5, 60)
    assert _same(half, [[4, 1], [2, 0.5], [1, 0.25], [0.5, 0.125]])
