import pytest
from sklearn.linear_model import LinearRegression


def _is_model(thing):
    return isinstance(thing, LinearRegression)


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    fitted = student.fit(rng.normal(size=20).tolist())
    assert _is_model(fitted)
