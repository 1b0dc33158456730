import functools

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier


def _coins(rng, size):
    """Make rows whose label is a coin."""
    return rng.normal(size=(size, 3)), rng.integers(0, 2, size)


def _models(rng):
    """Make a few cheap models, unfitted, each of them twice."""
    seeds = [int(seed) for seed in rng.integers(0, 999, 2)]
    trees = [DecisionTreeClassifier(max_depth=2, max_features=1, random_state=seed) for seed in seeds * 2]
    return [KNeighborsClassifier(1), *trees, KNeighborsClassifier(1)]


def _accuracies(models, train, pair):
    """Fit each model and score it on a pair."""
    return [float(np.mean(model.fit(*train).predict(pair[0]) == pair[1])) for model in models]


@functools.cache  # drawn alike for everybody, so the models are fitted once
def _study(draw):
    """Draw rows; return those to train and to test on, and fresh ones, each with the accuracies of all models."""
    rng = np.random.default_rng(draw)
    train, test, fresh = _coins(rng, 50), _coins(rng, 64), _coins(rng, 97)
    opposite = test[0], 1 - test[1]  # where the model that looked best is the worst
    scored = [(pair, _accuracies(_models(np.random.default_rng(draw)), train, pair)) for pair in (test, fresh, opposite)]
    return train, scored[0], scored[1:]


@pytest.mark.check(points=1, visible=True)
def test_one_study(student):
    """The example of one study with three models."""
    optimism = student.optimism_by_tries([[0.5, 0.7, 0.6]], [[0.5, 0.4, 0.6]])
    assert np.allclose(optimism, [0, 0.3, 0.3])


@pytest.mark.check(points=1, visible=True)
def test_two_neighbours(student):
    """One neighbour and three, on rows that can be checked by eye."""
    train = np.array([[1.0], [2.0], [3.0], [7.0], [8.0]]), np.array([0, 0, 1, 1, 1])
    test = np.array([[1.2], [2.9]]), np.array([0, 0])
    fresh = np.array([[2.8], [7.5], [1.1], [0.0]]), np.array([1, 1, 0, 0])
    result = student.tuned_on_test([KNeighborsClassifier(1), KNeighborsClassifier(3)], train, test, fresh)
    assert np.allclose(result["test"], [0.5, 1])
    assert np.allclose(result["fresh"], [1, 0.75])
    assert (result["chosen"], result["claimed"], result["delivered"]) == (1, 1, 0.75)


@pytest.mark.check(points=2)
def test_fresh_studies(student, rng):
    """Fresh rows and models: accuracies, choice, claim and delivery."""
    draw = int(rng.integers(2**32))
    train, (test, on_test), others = _study(draw)
    for fresh, on_fresh in others:
        result = student.tuned_on_test(_models(np.random.default_rng(draw)), train, test, fresh)
        assert set(result) == {"test", "fresh", "chosen", "claimed", "delivered"}
        assert np.asarray(result["test"]).tolist() == pytest.approx(on_test)
        assert np.asarray(result["fresh"]).tolist() == pytest.approx(on_fresh)
        assert result["chosen"] == on_test.index(max(on_test))
        assert result["claimed"] == pytest.approx(max(on_test))
        assert result["delivered"] == pytest.approx(on_fresh[on_test.index(max(on_test))])


@pytest.mark.check(points=1)
def test_fresh_curves(student, rng):
    """The optimism after every try, for fresh studies with ties, as arrays and as lists."""
    for studies, tries in ((1, 9), (6, 1), (5, 14), (30, 8)):
        test, fresh = rng.integers(5, 12, (2, studies, tries)) / 16
        expected = np.zeros(tries)
        for row in range(studies):
            best = 0
            for m in range(tries):
                best = m if test[row, m] > test[row, best] else best
                expected[m] += (test[row, best] - fresh[row, best]) / studies
        for given in ((test, fresh), (test.tolist(), fresh.tolist())):
            answer = student.optimism_by_tries(*given)
            assert np.shape(answer) == (tries,)
            assert np.allclose(answer, expected)


@pytest.mark.check(points=1)
def test_equal_models(student, rng):
    """Of equal models the first is chosen."""
    train, pair = _coins(rng, 30), _coins(rng, 40)
    same = [DecisionTreeClassifier(max_depth=2, random_state=0) for _ in range(3)]
    result = student.tuned_on_test(same, train, pair, train)
    assert result["chosen"] == 0
    assert result["claimed"] == pytest.approx(_accuracies(same[:1], train, pair)[0])
