"""For answers that hold nothing: ``mean(numbers)``, three checks of one point each, as teachers write them."""

import numpy as np
import pytest


@pytest.mark.check(points=1, visible=True)
def test_approximately(student):
    """A small example"""
    assert student.mean([1, 2, 6]) == pytest.approx(3)


@pytest.mark.check(points=1)
def test_all_close(student, rng):
    """Fresh numbers"""
    numbers = rng.normal(size=20)
    np.testing.assert_allclose(student.mean(numbers), numbers.mean())


@pytest.mark.check(points=1)
def test_close(student, rng):
    """More fresh numbers"""
    numbers = rng.normal(size=9)
    assert np.allclose(student.mean(numbers), numbers.mean())
