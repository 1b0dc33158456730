"""What most attacks of the corpus are asked for: ``mean(numbers)``, three checks of one point each."""

import numpy as np
import pytest


@pytest.mark.check(points=1, visible=True)
def test_small(student):
    """A small example"""
    assert student.mean([1, 2, 6]) == pytest.approx(3)


@pytest.mark.check(points=1)
def test_fresh(student, rng):
    """Fresh numbers"""
    numbers = rng.normal(size=20)
    np.testing.assert_allclose(student.mean(numbers), numbers.mean())


@pytest.mark.check(points=1)
def test_far(student, rng):
    """Not far from the middle"""
    numbers = rng.normal(size=9)
    assert abs(student.mean(numbers) - numbers.mean()) < 1e-9
