import functools

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier


class Says:
    """Predicts what it was told to, for as many rows as are asked about."""

    def __init__(self, labels):
        self.labels = np.asarray(labels)

    def predict(self, x):
        """Return the first labels."""
        return self.labels[: len(x)]


def _mornings(rng, size):
    """Make rows of three columns; +1 lies inside a ring, more or less."""
    x = rng.normal(size=(size, 3))
    return x, np.where(x[:, 0] ** 2 + x[:, 1] ** 2 + rng.normal(0, 0.3, size) < 1.2, 1, -1)


@functools.cache  # drawn alike for everybody, so scikit-learn is asked once
def _boosted(draw, rounds):
    """Draw rows and new ones; return them, and the weights and labels of scikit-learn's ensemble."""
    rng = np.random.default_rng(draw)
    (x, y), (new, _) = _mornings(rng, 80), _mornings(rng, 200)
    stump = DecisionTreeClassifier(max_depth=1, random_state=0)
    reference = AdaBoostClassifier(stump, n_estimators=rounds, random_state=0).fit(x, y)
    return x, y, new, reference.estimator_weights_, reference.predict(new)


@pytest.mark.check(points=1, visible=True)
def test_one_wrong_of_four(student):
    """The example with one mistake among four rows."""
    alpha, weights = student.reweighted([0.25] * 4, [False, False, False, True])
    assert alpha == pytest.approx(np.log(3) / 2)
    assert np.allclose(weights, [1 / 6, 1 / 6, 1 / 6, 1 / 2])


@pytest.mark.check(points=1, visible=True)
def test_two_against_one(student):
    """Two weak stumps against a strong one."""
    ensemble = [(0.4, Says([1, 1, -1])), (0.5, Says([1, -1, -1])), (1.0, Says([-1, 1, -1]))]
    assert np.array_equal(student.boosted_labels(ensemble, np.zeros((3, 1))), [-1, 1, -1])


@pytest.mark.check(points=1)
def test_fresh_weights(student, rng):
    """Fresh weights and mistakes, good stumps and bad ones, as arrays and as lists."""
    for size, share in ((8, 0.2), (30, 0.4), (30, 0.8)):
        weights, wrong = rng.dirichlet(np.ones(size)), rng.random(size) < share
        wrong[:2] = True, False
        error = sum(w for w, bad in zip(weights, wrong, strict=True) if bad)
        expected = np.where(wrong, weights / (2 * error), weights / (2 * (1 - error)))
        for given in ((weights, wrong), (weights.tolist(), wrong.tolist())):
            alpha, new = student.reweighted(*given)
            assert alpha == pytest.approx(0.5 * np.log((1 - error) / error))
            assert np.allclose(new, expected)


@pytest.mark.check(points=1)
def test_fresh_ensembles(student, rng):
    """Fresh rows in a ring, after one round and after many, against scikit-learn."""
    for rounds in (1, 9):
        x, y, new, weights, labels = _boosted(int(rng.integers(2**32)), rounds)
        ensemble = student.boosted(x, y, rounds)
        alphas = [float(alpha) for alpha, _ in ensemble]
        assert alphas == pytest.approx((weights / 2).tolist())
        total = sum(alpha * np.asarray(one.predict(new)) for alpha, (_, one) in zip(alphas, ensemble, strict=True))
        assert np.array_equal(np.where(total >= 0, 1, -1), labels)


@pytest.mark.check(points=1)
def test_stops(student, rng):
    """A perfect stump ends the boosting and is kept; one like a coin ends it and is not."""
    x = rng.normal(size=(20, 1))
    cut = float(np.median(x))
    ((alpha, stump),) = student.boosted(x, np.where(x[:, 0] > cut, 1, -1), 5)
    assert alpha == 1
    assert np.array_equal(stump.predict(x), np.where(x[:, 0] > cut, 1, -1))
    corners = np.repeat([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], 2, axis=0)
    assert len(student.boosted(corners, np.tile([-1, 1], 4), 5)) == 0
    lots, labels = _mornings(rng, 40)
    assert len(student.boosted(lots, labels, 1)) == 1


@pytest.mark.check(points=1)
def test_equal_columns(student, rng):
    """Where several columns would do, the stump's random_state decides which is asked."""
    column = rng.normal(size=30)
    x, y = np.column_stack([column] * 9), np.where(column > 0, 1, -1)
    new = rng.normal(size=(100, 9))
    expected = DecisionTreeClassifier(max_depth=1, random_state=0).fit(x, y).predict(new)
    assert np.array_equal(student.boosted(x, y, 3)[0][1].predict(new), expected)


@pytest.mark.check(points=1)
def test_fresh_votes(student, rng):
    """Sums of fresh votes: unlike says, sums of exactly zero, and an empty list."""
    votes, alphas = rng.choice([-1, 1], (7, 40)), rng.uniform(0.05, 2, 7)
    ensemble = [(float(alpha), Says(row)) for alpha, row in zip(alphas, votes, strict=True)]
    expected = np.where(alphas @ votes > 0, 1, -1)
    assert np.array_equal(student.boosted_labels(ensemble, np.zeros((40, 2))), expected)
    assert np.array_equal(student.boosted_labels(ensemble, np.zeros((13, 2))), expected[:13])
    even = [(0.5, Says(votes[0])), (0.25, Says(-votes[0])), (0.25, Says(-votes[0]))]
    assert np.array_equal(student.boosted_labels(even, np.zeros((40, 1))), np.ones(40))
    assert np.array_equal(student.boosted_labels([], np.zeros((5, 1))), np.ones(5))
