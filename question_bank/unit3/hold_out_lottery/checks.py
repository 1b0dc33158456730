import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier


class Hoarder(ClassifierMixin, BaseEstimator):
    """A classifier that never forgets a row: a second fit adds to the first. It says the commonest label it has met."""

    def fit(self, x, y):
        """Add the labels to those it has met."""
        self.classes_ = np.array([0, 1])
        self.met_ = [*getattr(self, "met_", []), *np.asarray(y).tolist()]
        return self

    def predict(self, x):
        """Say the commonest label for every row."""
        return np.full(len(x), int(2 * sum(self.met_) > len(self.met_)))


def _lots(rng, size):
    """Make rows of three columns with a label that two of them decide, more or less."""
    x = rng.normal(size=(size, 3))
    return x, (x[:, 0] + x[:, 1] + rng.normal(0, 0.5, size) > 0).astype(int)


@pytest.mark.check(points=1, visible=True)
def test_five_rows(student):
    """The example with five rows."""
    train, test = student.hold_out_rows(5, 0.4, 0)
    assert np.array_equal(train, [3, 0, 1]), "The training rows are the rest of the shuffle, in its order."
    assert np.array_equal(test, [2, 4]), "The test rows are the first two of the shuffle."


@pytest.mark.check(points=1, visible=True)
def test_four_lots(student):
    """A nearest neighbour that gets one of two rows right."""
    x, y = np.array([[1.0], [2.0], [8.0], [9.0]]), np.array([0, 1, 1, 1])
    accuracy = student.accuracy_on(KNeighborsClassifier(1), x, y, np.array([0, 2]), np.array([1, 3]))
    assert accuracy == pytest.approx(0.5)


@pytest.mark.check(points=1)
def test_fresh_splits(student, rng):
    """Fresh sizes, shares and seeds."""
    for n, share in ((int(rng.integers(20, 40)), 0.25), (int(rng.integers(50, 90)), 0.3), (7, 0.5), (10, 0.87)):
        seed = int(rng.integers(1000))
        train, test = student.hold_out_rows(n, share, seed)
        shuffled = np.random.default_rng(seed).permutation(n)
        assert np.array_equal(test, shuffled[: round(share * n)])
        assert np.array_equal(train, shuffled[round(share * n) :])


@pytest.mark.check(points=1)
def test_no_side_is_empty(student, rng):
    """Shares so small or so large that a side would be empty."""
    for n in (2, 3, int(rng.integers(6, 12))):
        shuffled = np.random.default_rng(n).permutation(n)
        for share, size in ((0, 1), (0.01, 1), (1, n - 1), (0.999, n - 1)):
            train, test = student.hold_out_rows(n, share, n)
            assert np.array_equal(test, shuffled[:size])
            assert np.array_equal(train, shuffled[size:])


@pytest.mark.check(points=1)
def test_fresh_accuracy(student, rng):
    """Fresh rows and two kinds of model, scored on the test rows alone."""
    x, y = _lots(rng, 90)
    for model in (KNeighborsClassifier(3), DecisionTreeClassifier(max_depth=4, random_state=0)):
        order = rng.permutation(90)
        train, test = order[:40], order[40:71]
        right = model.fit(x[train], y[train]).predict(x[test]) == y[test]
        answer = student.accuracy_on(type(model)(**model.get_params()), x, y, train, test)
        assert answer == pytest.approx(right.mean())
        words = np.array(["ordinary", "special"])[y]
        answer = student.accuracy_on(type(model)(**model.get_params()), x, words, train, test)
        assert answer == pytest.approx(right.mean())


@pytest.mark.check(points=1)
def test_model_stays_unfitted(student, rng):
    """The same model is used twice, and the second result owes nothing to the first call."""
    student.hoarder = Hoarder()
    model, x = student.hoarder, rng.normal(size=(40, 1))
    y = np.repeat([0, 1], [25, 15])
    assert student.accuracy_on(model, x, y, np.arange(20), np.arange(20, 40)) == pytest.approx(0.25)
    assert student.accuracy_on(model, x, y, np.arange(25, 40), np.arange(4, 29)) == pytest.approx(4 / 25)
