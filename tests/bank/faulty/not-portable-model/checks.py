import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    numbers = rng.normal(size=20).tolist()
    fitted = student.mean(numbers)
    assert fitted.predict(numbers) == pytest.approx(sum(numbers) / 20)
