import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The worked example."""
    assert student.mean([1, 2, 6]) == 3


def test_fresh_numbers(student, rng):
    """Fresh numbers."""
    assert student.mean([rng.normal()]) is not None
