"""For attacks with objects that stay in the student's process: ``fit(X, y)``, two checks of one point each."""

import numpy as np
import pytest


def some_points(rng):
    X = rng.normal(size=(80, 2))
    return X, (X[:, 0] - X[:, 1] > 0).astype(int)


@pytest.mark.check(points=1)
def test_predicts(student, rng):
    """Nine of ten new points are told apart"""
    X, y = some_points(rng)
    fresh, wanted = some_points(rng)
    assert np.mean(student.fit(X, y).predict(fresh) == wanted) > 0.9


@pytest.mark.check(points=1)
def test_sure(student, rng):
    """The probabilities of one point add up to one, and differ"""
    X, y = some_points(rng)
    sure = student.fit(X, y).predict_proba(X)
    assert sure.shape == (80, 2)
    assert sure.sum(axis=1) == pytest.approx(np.ones(80))
    assert len(np.unique(sure)) > 10
