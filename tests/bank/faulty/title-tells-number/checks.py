import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """The mean of some numbers is 7.25."""
    shift = int(rng.integers(1, 5))
    assert student.mean([4, 8, 9, 8]) == 7.25
    assert student.mean([shift, shift]) == shift
