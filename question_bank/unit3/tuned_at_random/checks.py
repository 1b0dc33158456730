import functools

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.model_selection import ParameterSampler, RandomizedSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

RANGES = {"svc__C": loguniform(0.01, 1000), "svc__gamma": loguniform(0.0001, 10)}


def _lots(rng, size=54):
    """Make rows in unlike units, sorted by label; a third is special, and lies in the middle."""
    y = np.sort((rng.permutation(size) < size // 3).astype(int))
    x = np.column_stack([rng.normal(1400, 350 - 250 * y), rng.normal(0.5 + 0.02 * y, 0.05), rng.normal(size=size)])
    return x, y


@functools.cache  # drawn alike for everybody, so they are sampled once
def _sampled(draws, seed):
    """Sample settings as the prompt says."""
    return list(ParameterSampler(RANGES, draws, random_state=seed))


@functools.cache
def _searched(draw):
    """Draw rows and search as the prompt says; return what was given, the scores, and what is said of new rows."""
    rng = np.random.default_rng(draw)
    (x, y), (new, _), seed = _lots(rng), _lots(rng, 120), int(rng.integers(1000))
    search = RandomizedSearchCV(
        Pipeline([("scale", StandardScaler()), ("svc", SVC())]),
        RANGES,
        n_iter=5,
        cv=StratifiedKFold(3, shuffle=True, random_state=seed),
        scoring="balanced_accuracy",
        random_state=seed,
    ).fit(x, y)
    scores = search.cv_results_["mean_test_score"]
    return (x, y, 5, 3, seed), scores, new, (search.predict(new), search.decision_function(new))


@pytest.mark.check(points=1, visible=True)
def test_two_coins(student):
    """Two draws hit the better half with probability 3/4."""
    assert student.draws_needed(0.5, 0.75) == 2
    assert student.draws_needed(0.05, 0.95) == 59, "The number that is often quoted as 60."


@pytest.mark.check(points=1, visible=True)
def test_draws_stay_inside(student):
    """A thousand draws between 0.01 and 100: half of them below 1."""
    drawn = np.asarray(student.log_uniform(0.01, 100, 1000, 0))
    assert drawn.shape == (1000,)
    assert drawn.min() >= 0.01
    assert drawn.max() <= 100
    assert 450 <= np.sum(drawn < 1) <= 550


@pytest.mark.check(points=1)
def test_fresh_draws(student, rng):
    """Fresh bounds, sizes and seeds."""
    for _ in range(3):
        low, seed = float(rng.uniform(0.001, 5)), int(rng.integers(1000))
        high, size = low * float(rng.uniform(3, 5000)), int(rng.integers(5, 40))
        uniform = np.random.default_rng(seed).uniform(np.log(low), np.log(high), size)
        assert np.allclose(np.log(np.asarray(student.log_uniform(low, high, size, seed))), uniform)


@pytest.mark.check(points=1)
def test_fresh_counts(student, rng):
    """The smallest number of draws for fresh shares and confidences, up to one draw that is enough."""
    for share, confidence in [*rng.uniform(0.01, 0.9, (6, 2)).tolist(), (0.01, 0.99), (0.4, 0.2), (0.05, 0.96)]:
        expected = next(n for n in range(1, 1000) if 1 - (1 - share) ** n >= confidence)
        answer = student.draws_needed(share, confidence)
        assert isinstance(answer, int)
        assert answer == expected


@pytest.mark.check(points=1)
def test_fresh_settings(student, rng):
    """Which settings are tried, and that there are as many as were asked for."""
    x, y = _lots(rng)
    seed = int(rng.integers(1000))
    tried = student.tuned_at_random(x, y, 7, 2, seed).cv_results_["params"]
    assert len(tried) == 7
    for name in RANGES:
        assert np.allclose([float(one[name]) for one in tried], [one[name] for one in _sampled(7, seed)])


@pytest.mark.check(points=1)
def test_fresh_search(student, rng):
    """Scores and predictions of the search on fresh rows in unlike units."""
    given, scores, new, (labels, distances) = _searched(int(rng.integers(2**32)))
    found = student.tuned_at_random(*given)
    assert np.allclose(np.asarray(found.cv_results_["mean_test_score"]), scores)
    assert np.array_equal(found.predict(new), labels)
    assert np.allclose(found.decision_function(new), distances)
