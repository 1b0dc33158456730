import math

import numpy as np
import pytest


def _same(answer, expected, tolerance=1e-6):
    """Tell whether a returned array has the expected shape and numbers."""
    assert answer is not None, "The function returned None: does it end with a return?"
    return np.shape(answer) == np.shape(expected) and np.allclose(np.asarray(answer, dtype=float), expected, tolerance)


@pytest.mark.check(points=1, visible=True)
def test_gradient_example(student):
    """The gradient of the example."""
    answer = student.numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], [2, 5])
    assert _same(answer, [4, 3]), "An entry for each number; a step into an array of whole numbers is cut off."


@pytest.mark.check(points=1, visible=True)
def test_gap_example(student):
    """The gap of the example, and gradients that are equal or opposite."""
    assert student.relative_gap([3, 4], [3, 1]) == pytest.approx(3 / (5 + math.sqrt(10)))
    assert student.relative_gap([3, 4], [3, 4]) == pytest.approx(0)
    assert student.relative_gap([3, 4], [-3, -4]) == pytest.approx(1)


@pytest.mark.check(points=1)
def test_fresh_surfaces(student, rng):
    """Fresh curved functions of several variables, at floats and at whole numbers."""
    for size in (1, 2, 4):
        a, b = rng.normal(size=(size, size)), rng.normal(size=size)
        for at in (rng.normal(size=size), rng.integers(-5, 6, size)):
            expected = (a + a.T) @ at + b
            answer = student.numerical_gradient(lambda w, a=a, b=b: w @ a @ w + b @ w, at)
            assert _same(answer, expected, 1e-5)
    at = rng.uniform(0.5, 2, 3)
    assert _same(student.numerical_gradient(lambda w: float(np.sum(np.exp(w))), at.tolist()), np.exp(at), 1e-8)


@pytest.mark.check(points=1)
def test_any_shape(student, rng):
    """Places that are matrices, a single number or a stack of matrices, with a term for each entry."""
    for shape in ((2, 3), (3, 2), (1, 1), (), (2, 2, 2)):
        slopes, at = rng.uniform(1, 5, shape), rng.integers(1, 6, shape)
        answer = student.numerical_gradient(lambda w, slopes=slopes: float(np.sum(slopes * w**2)), at.tolist())
        assert _same(answer, 2 * slopes * at)


@pytest.mark.check(points=1)
def test_where_it_looks(student, rng):
    """Large steps: which values of the function are used, and how far apart."""
    for h in (0.5, 0.125):
        at, visited = rng.integers(1, 5, 3).astype(float), []

        def cubic(w, visited=visited):
            visited.append(np.array(w, dtype=float))
            return float(w[0] ** 3 + w[1] * w[2] ** 2)

        expected = np.array([3 * at[0] ** 2 + h**2, at[2] ** 2, 2 * at[1] * at[2]])
        assert _same(student.numerical_gradient(cubic, at, h), expected, 1e-9)
        assert _same(student.numerical_gradient(cubic, at, h=h), expected, 1e-9)
        moved = [np.abs(place - at) for place in visited]
        assert all(np.sum(one > 0) <= 1 and one.max() <= h for one in moved), "more than one entry was moved"


@pytest.mark.check(points=1)
def test_fresh_gaps(student, rng):
    """The gap of fresh gradients of several shapes, of very small ones, and of zeros."""
    for shape in ((4,), (2, 3), (1,)):
        a, b = rng.normal(size=(2, *shape))
        expected = math.dist(a.ravel(), b.ravel()) / (math.hypot(*a.ravel()) + math.hypot(*b.ravel()))
        for size in (1, 1e-9, 1e6):
            assert student.relative_gap(size * a, size * b) == pytest.approx(expected)
            assert student.relative_gap((size * a).tolist(), (size * b).tolist()) == pytest.approx(expected)
        assert student.relative_gap(a, 0 * a) == pytest.approx(1)
        assert student.relative_gap(0 * a, 0 * a) == 0
