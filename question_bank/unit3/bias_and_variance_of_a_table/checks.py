import numpy as np
import pytest


def table(rng, models, points):
    """Draw predictions of models that miss the truth systematically, to both sides, and vary."""
    truth = rng.normal(size=points) * 4
    bias = rng.normal(size=points) * 2
    return truth + bias + rng.normal(size=(models, points)) * rng.uniform(0.5, 2), truth


def decomposed(predictions, truth):
    """Compute the three quantities from moments of each column."""
    columns = [np.asarray(column, dtype=float) for column in zip(*predictions, strict=True)]
    bias2 = np.mean([(column.mean() - t) ** 2 for column, t in zip(columns, truth, strict=True)])
    variance = np.mean([column.var() for column in columns])
    return {"bias2": bias2, "variance": variance, "error": bias2 + variance}


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Three models and two points."""
    result = student.bias_variance([[2, 8], [4, 8], [6, 11]], [5, 9])
    # the mean predictions are 4 and 9: the first point is missed by 1, the second by nothing
    assert result["bias2"] == pytest.approx((1 + 0) / 2)
    assert result["variance"] == pytest.approx((8 / 3 + 6 / 3) / 2)
    assert result["error"] == pytest.approx((9 + 1 + 1 + 1 + 1 + 4) / 6)
    assert result["worst"] == 0


@pytest.mark.check(points=1)
def test_bias(student, rng):
    """The squared bias of fresh predictions that miss to both sides, as arrays and as lists."""
    for models, points in ((12, 5), (4, 9)):
        predictions, truth = table(rng, models, points)
        expected = decomposed(predictions, truth)["bias2"]
        assert student.bias_variance(predictions, truth)["bias2"] == pytest.approx(expected)
        assert student.bias_variance(predictions.tolist(), truth.tolist())["bias2"] == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_variance_and_error(student, rng):
    """The variance and the error of fresh predictions, as arrays and as lists."""
    for models, points in ((12, 5), (4, 9)):
        predictions, truth = table(rng, models, points)
        expected = decomposed(predictions, truth)
        for name in ("variance", "error"):
            assert student.bias_variance(predictions, truth)[name] == pytest.approx(expected[name])
            assert student.bias_variance(predictions.tolist(), truth.tolist())[name] == pytest.approx(expected[name])


@pytest.mark.check(points=1)
def test_worst_point(student, rng):
    """The point that is missed by most: too high, too low, and with ties."""
    for place in (0, 3, 6):
        for sign in (1, -1):
            misses = rng.integers(-4, 5, 7)
            misses[place] = 6 * sign
            truth = rng.integers(-9, 9, 7)
            spread = rng.integers(1, 20, 7)  # the models vary the most elsewhere
            predictions = np.array([truth + misses - spread, truth + misses + spread])
            assert student.bias_variance(predictions, truth)["worst"] == place
    truth = np.full(5, int(rng.integers(1, 9)))
    assert student.bias_variance([truth + [0, -2, 1, 2, 0]], truth)["worst"] == 1


@pytest.mark.check(points=1)
def test_single_model_or_point(student, rng):
    """One model only, one point only, and models that all say the truth."""
    for models, points in ((1, 6), (5, 1), (1, 1)):
        predictions, truth = table(rng, models, points)
        result = student.bias_variance(predictions, truth)
        for name, expected in decomposed(predictions, truth).items():
            assert result[name] == pytest.approx(expected, abs=1e-12)
    truth = rng.normal(size=4)
    result = student.bias_variance([truth.tolist()] * 3, truth)
    assert [result[name] for name in ("bias2", "variance", "error")] == pytest.approx([0, 0, 0], abs=1e-12)
