import numpy as np
import pytest


def _costs_of_candidates(actual, scores, cost_fn, cost_fp):
    """Return the total cost of every candidate threshold."""
    costs = {}
    for threshold in [*np.unique(scores), np.inf]:
        missed = np.count_nonzero(scores[actual == 1] < threshold)
        alarms = np.count_nonzero(scores[actual == 0] >= threshold)
        costs[float(threshold)] = float(cost_fn * missed + cost_fp * alarms)
    return costs


def _is_cheapest(answer, costs):
    """Tell whether the answer is a candidate of least cost, with that cost; any one of several equals will do."""
    threshold, cost = (float(number) for number in answer)
    return threshold in costs and costs[threshold] == min(costs.values()) and cost == pytest.approx(costs[threshold])


def _cohort(rng, size):
    """Make labels and overlapping whole-number scores with many ties; both classes are present."""
    actual = (rng.random(size) < 0.3).astype(int)
    actual[:2] = 0, 1
    return actual, rng.integers(0, 15, size) + 5 * actual


@pytest.mark.check(points=1, visible=True)
def test_labels_example(student):
    """A score equal to the threshold is flagged."""
    assert np.array_equal(student.labels_at([1, 2, 3], 2), [0, 1, 1]), "At least the threshold: equal counts as 1."


@pytest.mark.check(points=1, visible=True)
def test_cheapest_example(student):
    """The five people of the example, at even costs and with a dear missed case."""
    actual, scores = [0, 1, 0, 0, 1], [1, 2, 3, 4, 5]
    assert tuple(student.cheapest_threshold(actual, scores, 1, 1)) == pytest.approx((5, 1))
    assert tuple(student.cheapest_threshold(actual, scores, 5, 1)) == pytest.approx((2, 2))


@pytest.mark.check(points=1)
def test_fresh_scores(student, rng):
    """Fresh scores, as list and as array, thresholds on and between them, and an infinite one."""
    scores = rng.integers(-40, 40, 60) / 4
    for threshold in (float(scores[7]), float(scores[30]), float(scores[11]) + 0.1, np.inf):
        expected = np.array([1 if score >= threshold else 0 for score in scores])
        assert np.array_equal(student.labels_at(scores, threshold), expected)
        assert np.array_equal(student.labels_at(scores.tolist(), threshold), expected)


@pytest.mark.check(points=2)
def test_fresh_people(student, rng):
    """Fresh people with tied scores and several pairs of costs, against trying every threshold."""
    for cost_fn, cost_fp in ((1, 1), (20, 1), (1, 6), (int(rng.integers(3, 12)), int(rng.integers(1, 4)))):
        actual, scores = _cohort(rng, 80)
        costs = _costs_of_candidates(actual, scores, cost_fn, cost_fp)
        assert _is_cheapest(student.cheapest_threshold(actual, scores, cost_fn, cost_fp), costs)
        costs = {threshold / 8: cost for threshold, cost in costs.items()}
        answer = student.cheapest_threshold(actual.tolist(), (scores / 8).tolist(), cost_fn, cost_fp)
        assert _is_cheapest(answer, costs)


@pytest.mark.check(points=1)
def test_ties_and_nobody(student, rng):
    """Equal costs give the largest threshold, and flagging nobody is one of the choices."""
    actual, scores = _cohort(rng, 50)
    healthy = np.zeros(50, dtype=int)
    low, high = (int(score) for score in np.sort(rng.choice(np.arange(5, 90), 2, replace=False)))
    cases = (
        (healthy, scores, 5, 1),
        (actual, scores, 0, 1),
        (actual, scores, 0, 0),
        (np.array([1, 0]), np.array([low, high]), 1, 1),
        (np.array([0, 1, 0, 0, 1]), np.array([low, low + 1, low + 2, low + 2, low + 3]), 2, 1),
        (np.array([1, 0, 0, 1, 0]), np.array([low + 3, low + 2, low + 2, low + 1, low]), 2, 1),
    )
    for case in cases:
        costs = _costs_of_candidates(*case)
        answer = student.cheapest_threshold(*case)
        assert _is_cheapest(answer, costs)
        assert answer[0] == max(threshold for threshold, cost in costs.items() if cost == min(costs.values()))
