import numpy as np
import pytest
from sklearn.metrics import mean_squared_error


def _same(answer, expected):
    """Tell whether a returned array has the expected shape and numbers."""
    assert answer is not None, "The function returned None: does it end with a return?"
    return np.shape(answer) == np.shape(expected) and np.allclose(np.asarray(answer, dtype=float), expected)


def _loss(weights, design, target, masses):
    predicted = [sum(x * w for x, w in zip(row, weights, strict=True)) for row in design.tolist()]
    return float(np.average((target - predicted) ** 2, weights=masses))


def _gradient(weights, design, target, masses):
    """Take the loss apart: it is a parabola in each weight, so two values far away give the slope exactly."""
    unit = np.eye(len(weights))
    return np.array(
        [(_loss(weights + e, design, target, masses) - _loss(weights - e, design, target, masses)) / 2 for e in unit]
    )


def _loads(rng, size, features):
    """Make weights, a design matrix with a column of ones, a target and masses of very different size."""
    design = np.column_stack([np.ones(size), rng.normal(2, 1, (size, features))])
    return rng.normal(size=features + 1), design, rng.normal(10, 3, size), rng.uniform(0.1, 4, size) ** 2


@pytest.mark.check(points=1, visible=True)
def test_loss_example(student):
    """The loss of the example, with masses and without."""
    assert student.weighted_loss([10, 3], [[1, 2], [1, 4]], [15, 24], [3, 1]) == pytest.approx(1.75)
    assert student.weighted_loss([10, 3], [[1, 2], [1, 4]], [15, 24]) == pytest.approx(2.5), "Without masses: the MSE."


@pytest.mark.check(points=1, visible=True)
def test_gradient_of_the_example(student):
    """The gradient of the example, with masses and without."""
    design, target = [[1, 2], [1, 4]], [15, 24]
    assert _same(student.weighted_loss_gradient([10, 3], design, target, [3, 1]), [0.5, -1])
    assert _same(student.weighted_loss_gradient([10, 3], design, target), [-1, -6])


@pytest.mark.check(points=1)
def test_fresh_losses(student, rng):
    """The loss of fresh loads with very different masses, some of them zero, against scikit-learn."""
    for size, features in ((30, 3), (5, 2), (1, 1)):
        weights, design, target, masses = _loads(rng, size, features)
        masses[1::4] = 0
        expected = _loss(weights, design, target, masses)
        assert student.weighted_loss(weights, design, target, masses) == pytest.approx(expected)
        lists = weights.tolist(), design.tolist(), target.tolist(), masses.tolist()
        assert student.weighted_loss(*lists) == pytest.approx(expected)
        scikit_learns = mean_squared_error(target, design @ weights, sample_weight=masses)
        assert student.weighted_loss(*lists) == pytest.approx(scikit_learns)


@pytest.mark.check(points=2)
def test_fresh_gradients(student, rng):
    """The gradient of fresh loads with very different masses, against differences of the loss."""
    for size, features in ((30, 3), (4, 3), (1, 2), (6, 0)):
        weights, design, target, masses = _loads(rng, size, features)
        expected = _gradient(weights, design, target, masses)
        assert _same(student.weighted_loss_gradient(weights, design, target, masses), expected)
        lists = weights.tolist(), design.tolist(), target.tolist(), masses.tolist()
        assert _same(student.weighted_loss_gradient(*lists), expected)


@pytest.mark.check(points=1)
def test_masses_left_out(student, rng):
    """Without masses every fresh load counts the same, and masses in another unit change nothing."""
    for size in (3, 12):
        weights, design, target, masses = _loads(rng, size, 2)
        plain = np.ones(size)
        assert student.weighted_loss(weights, design, target) == pytest.approx(_loss(weights, design, target, plain))
        assert student.weighted_loss(weights, design, target, None) == pytest.approx(
            _loss(weights, design, target, plain)
        )
        for given, used in (((), plain), ((None,), plain), ((1000 * masses,), masses)):
            expected = _gradient(weights, design, target, used)
            assert _same(student.weighted_loss_gradient(weights, design, target, *given), expected)
