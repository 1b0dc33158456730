import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student, printed):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3
    assert not printed()


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    numbers = rng.normal(size=20)
    assert student.mean(numbers.tolist()) == pytest.approx(numbers.mean())
