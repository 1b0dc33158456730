import functools

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier


class Share(ClassifierMixin, BaseEstimator):
    """Gives every row the share of ones among all the labels that it has ever been fitted on."""

    def fit(self, x, y):
        """Add the labels to those it has met."""
        self.classes_ = np.array([0, 1])
        self.met_ = [*getattr(self, "met_", []), *np.asarray(y).tolist()]
        return self

    def predict_proba(self, x):
        """Say the same of every row."""
        return np.tile([1 - np.mean(self.met_), np.mean(self.met_)], (len(x), 1))


def _mornings(rng, size):
    """Make rows of three columns with a label that a curve decides, more or less."""
    x = rng.normal(size=(size, 3))
    return x, (x[:, 0] * x[:, 1] + 0.7 * x[:, 2] + rng.normal(0, 0.4, size) > 0.2).astype(int)


def _models():
    """Make three models of unlike kinds, one of which knows its own rows by heart."""
    return [DecisionTreeClassifier(max_depth=3, random_state=0), KNeighborsClassifier(1), GaussianNB()]


@functools.cache  # drawn alike for everybody, so the models are fitted once
def _chances(draw, k):
    """Draw rows and folds; return them, and the probabilities of each model from scikit-learn."""
    rng = np.random.default_rng(draw)
    x, y = _mornings(rng, 60)
    folds = list(KFold(k, shuffle=True, random_state=int(rng.integers(1000))).split(x))
    expected = [cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1] for model in _models()]
    return (x, y, folds), np.column_stack(expected)


@functools.cache
def _stack(draw, final):
    """Draw rows, new rows and folds; return them, and what scikit-learn's stack says of the new rows."""
    rng = np.random.default_rng(draw)
    (x, y), (new, _) = _mornings(rng, 70), _mornings(rng, 200)
    folds = list(KFold(2, shuffle=True, random_state=int(rng.integers(1000))).split(x))
    named = [(str(j), model) for j, model in enumerate(_models())]
    return x, y, new, folds, StackingClassifier(named, final(), cv=folds).fit(x, y).predict(new)


def _cautious():
    """Make a final model that is far from certain."""
    return LogisticRegression(C=0.1)


@pytest.mark.check(points=1, visible=True)
def test_shares(student):
    """A model that says the share of ones among the rows it was fitted on."""
    x, y = np.zeros((4, 1)), np.array([1, 0, 1, 1])
    folds = [(np.array([0, 1]), np.array([2, 3])), (np.array([2, 3]), np.array([0, 1]))]
    chances = student.out_of_fold([Share()], x, y, folds)
    assert np.allclose(chances, [[1], [1], [0.5], [0.5]]), "Each row gets the share of the other two rows."


@pytest.mark.check(points=2)
def test_fresh_chances(student, rng):
    """Fresh rows and three kinds of models, against scikit-learn."""
    for k in (2, 3):
        given, expected = _chances(int(rng.integers(2**32)), k)
        chances = np.asarray(student.out_of_fold(_models(), *given))
        assert chances.shape == (60, 3)
        assert np.allclose(chances, expected)


@pytest.mark.check(points=2)
def test_fresh_stacks(student, rng):
    """What fresh stacks say of new rows, against scikit-learn."""
    for final in (_cautious, GaussianNB):
        x, y, new, folds, expected = _stack(int(rng.integers(2**32)), final)
        assert np.array_equal(student.stacked(_models(), final(), x, y, new, folds), expected)
    assert np.array_equal(student.stacked(_models(), final(), x, y, new[7:8], folds), expected[7:8])


@pytest.mark.check(points=1)
def test_folds_do_not_talk(student, rng):
    """No model knows what it saw in another fold, and no fold counts twice."""
    x, y = rng.normal(size=(12, 2)), rng.permutation(np.repeat([0, 1], [5, 7]))
    order = rng.permutation(12)
    blocks = [order[:3], order[3:5], order[5:]]
    folds = [(np.setdiff1d(order, block), block) for block in blocks]
    chances = np.asarray(student.out_of_fold([Share(), GaussianNB(), Share()], x, y, folds))
    for train, test in folds:
        assert np.allclose(chances[test, 0], y[train].mean())
        assert np.allclose(chances[test, 2], y[train].mean())
        assert np.allclose(chances[test, 1], GaussianNB().fit(x[train], y[train]).predict_proba(x[test])[:, 1])
