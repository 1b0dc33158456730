import numpy as np
import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A product and a sum: one of three partial derivatives has a slip."""

    def f(x):
        return float(x[0] * x[1] + 5 * x[2])

    def gradient(x):
        return np.array([x[1], x[0] + 1, 5.0])  # the second one should be x[0]

    assert student.wrong_partials(f, gradient, [2.0, -1.0, 3.0]) == [1]


def flawed(slope, slips):
    """Return a gradient function that is off by the slips, a dictionary from position to size."""

    def gradient(x):
        claimed = np.array(slope(x), dtype=float)
        for position, size in slips.items():
            claimed[position] += size
        return claimed

    return gradient


@pytest.mark.check(points=1)
def test_planted_slips(student, rng):
    """Slips at random places, upwards and downwards."""
    for d in (1, 4, 7):
        A, x = rng.normal(size=(d, d)), rng.normal(size=d)
        places = sorted(rng.choice(d, max(1, d // 2), replace=False).tolist())
        sizes = rng.uniform(0.01, 2, len(places)) * np.where(np.arange(len(places)) % 2, 1, -1)
        gradient = flawed(lambda v, A=A: (A + A.T) @ v + np.cos(v), dict(zip(places, sizes.tolist(), strict=True)))
        found = student.wrong_partials(lambda v, A=A: float(v @ A @ v + np.sin(v).sum()), gradient, x)
        assert found == places, "the wrong positions are not found"


@pytest.mark.check(points=1)
def test_strong_curvature(student, rng):
    """A strongly curved loss, with all or all but one of the partial derivatives right."""
    for _ in range(3):
        root, x = rng.uniform(20, 40, (5, 5)), rng.uniform(1, 2, 5)
        bowl = root @ root.T
        place = int(rng.integers(5))
        slope, size = (lambda v, m=bowl: 2 * m @ v), float(rng.choice([-0.3, 0.3]))
        for slips, wrong in (({place: size}, [place]), ({}, [])):
            found = student.wrong_partials(
                lambda v, m=bowl: float(v @ m @ v), flawed(slope, slips), x, h=1e-3, tolerance=0.05
            )
            assert found == wrong, "what is found is wrong where the slope changes quickly"


@pytest.mark.check(points=1)
def test_whole_numbers(student, rng):
    """A place given by whole numbers, as a list and as an array."""
    for _ in range(2):
        x = rng.integers(-5, 6, 6)
        places = sorted(rng.choice(6, 2, replace=False).tolist())
        gradient = flawed(lambda v: 2 * v + 1, dict.fromkeys(places, -0.5))
        for place in (x, x.tolist()):
            found = student.wrong_partials(lambda v: float(v @ v + v.sum()), gradient, place)
            assert found == places, "the wrong positions are not found at a place of whole numbers"


@pytest.mark.check(points=1)
def test_step_and_tolerance(student, rng):
    """The given step and tolerance, and a difference that just equals the tolerance."""
    x = rng.integers(-3, 4, 4).astype(float)
    # for a sum of cubes the central difference exceeds the derivative by the square of h, here exactly
    place = int(rng.integers(4))
    gradient = flawed(lambda v: 3 * v**2, {place: -1.0})
    for h, tolerance, wrong in ((0.5, 0.25, [place]), (0.5, 0.2, [0, 1, 2, 3]), (0.25, 0.0625, [place])):
        found = student.wrong_partials(lambda v: float((v**3).sum()), gradient, x, h, tolerance)
        assert found == wrong, "the result is wrong with a step and a tolerance of the caller's"
