import pytest


@pytest.mark.check(points=1, visible=True)
@pytest.mark.parametrize("numbers", [[1], [1, 2, 6]])
def test_worked_example(student, numbers):
    """The worked examples."""
    assert student.mean(numbers) == sum(numbers) / len(numbers)


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    numbers = rng.normal(size=20)
    assert student.mean(numbers.tolist()) == pytest.approx(numbers.mean())
