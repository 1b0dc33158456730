import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics


def _same_pr(answer, expected):
    """Tell whether a returned pair of arrays has the same points as the expected pair."""
    assert answer is not None, "pr_points returned None: does it end with a return?"
    recall, precision = (np.asarray(values, dtype=float) for values in answer)
    assert recall.shape == precision.shape, "The two arrays have different lengths."
    wanted = [np.asarray(values, dtype=float) for values in expected]
    return recall.shape == wanted[0].shape and np.allclose(recall, wanted[0]) and np.allclose(precision, wanted[1])


def _oracle_pr(actual, scores):
    """Count who reaches each threshold, as it comes down."""
    flagged = scores >= np.unique(scores)[::-1, np.newaxis]
    found = np.count_nonzero(flagged[:, actual == 1], axis=1)
    return found / np.count_nonzero(actual), found / np.count_nonzero(flagged, axis=1)


def _oracle_average(actual, scores):
    """Take the mean, over the ill, of the precision at their own score."""
    return float(np.mean([actual[scores >= score].mean() for score in scores[actual == 1]]))


def _rare_people(rng, size):
    """Make a rare class and overlapping scores on a coarse grid, in random order."""
    actual = (rng.random(size) < 0.2).astype(int)
    actual[:2] = 0, 1
    return actual, (rng.integers(-8, 9, size) + 5 * actual) / 4


@pytest.mark.check(points=1, visible=True)
def test_four_points(student):
    """The four points of the example, and its average precision."""
    actual, scores = [1, 1, 0, 1, 0], [0.9, 0.8, 0.8, 0.4, 0.1]
    assert _same_pr(student.pr_points(actual, scores), ([1 / 3, 2 / 3, 1, 1], [1, 2 / 3, 3 / 4, 3 / 5]))
    assert student.average_precision(actual, scores) == pytest.approx(29 / 36)


@pytest.mark.check(points=1)
def test_fresh_pr_points(student, rng):
    """Fresh scores of a rare class, with and without ties, against scikit-learn."""
    actual, tied = _rare_people(rng, 110)
    for scores in (tied, rng.normal(size=110) + actual):
        expected = _oracle_pr(actual, scores)
        assert _same_pr(student.pr_points(actual, scores), expected)
        assert _same_pr(student.pr_points(actual.tolist(), scores.tolist()), expected)
    # scikit-learn's curve goes the other way round, and ends with a point of its own
    precision, recall, _ = sklearn_metrics.precision_recall_curve(actual, tied, drop_intermediate=False)
    assert _same_pr(student.pr_points(actual, tied), (recall[-2::-1], precision[-2::-1]))


@pytest.mark.check(points=1)
def test_fresh_average_precision(student, rng):
    """Average precision on fresh scores with many ties, and that the order of the people does not matter."""
    for size in (30, 110):
        actual, scores = _rare_people(rng, size)
        expected = _oracle_average(actual, scores)
        for order in (np.arange(size), np.argsort(actual, kind="stable"), np.argsort(-actual, kind="stable")):
            assert student.average_precision(actual[order], scores[order]) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_extreme_pr_scores(student, rng):
    """Perfect ranking, backward ranking, one score for all, and everybody ill."""
    actual = rng.permutation([1] * int(rng.integers(3, 9)) + [0] * int(rng.integers(4, 12)))
    noise = rng.random(actual.size)
    cases = [(actual, scores) for scores in (actual + 0.9 * noise, -actual - 0.9 * noise, np.full(actual.size, 0.25))]
    cases.append((np.ones(6, dtype=int), noise[:6]))
    for labels, scores in cases:
        assert _same_pr(student.pr_points(labels, scores), _oracle_pr(labels, scores))
        expected = _oracle_average(labels, scores)
        assert student.average_precision(labels, scores) == pytest.approx(expected)
