import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    shift = float(rng.integers(1, 2))
    assert student.mean([3.5, 5.5 + shift]) == 5.25, "the mean is 5.25"
