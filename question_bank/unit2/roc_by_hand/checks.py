import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics


def _same_roc(answer, expected):
    """Tell whether a returned pair of arrays has the same points as the expected pair."""
    assert answer is not None, "roc_points returned None: does it end with a return?"
    fpr, tpr = (np.asarray(rates, dtype=float) for rates in answer)
    assert fpr.shape == tpr.shape, "The two arrays have different lengths."
    wanted = [np.asarray(rates, dtype=float) for rates in expected]
    return fpr.shape == wanted[0].shape and np.allclose(fpr, wanted[0]) and np.allclose(tpr, wanted[1])


def _oracle_roc(actual, scores):
    """Take the share of the healthy and of the ill who reach each threshold, the first of which nobody reaches."""
    thresholds = np.array([np.inf, *np.unique(scores)[::-1]])
    return [(scores[actual == label] >= thresholds[:, np.newaxis]).mean(axis=1) for label in (0, 1)]


def _oracle_area(actual, scores):
    """Compare each ill person with each healthy one: how often is the ill one's score higher? A tie is half a win."""
    wins = np.sign(scores[actual == 1][:, np.newaxis] - scores[actual == 0])
    return float((1 + wins.mean()) / 2)


def _tied_people(rng, size):
    """Make labels and overlapping scores on a coarse grid around zero, in random order."""
    actual = (rng.random(size) < 0.4).astype(int)
    actual[:2] = 0, 1
    return actual, (rng.integers(-6, 7, size) + 3 * actual) / 4


@pytest.mark.check(points=1, visible=True)
def test_five_points(student):
    """The points of the example, with its tie."""
    answer = student.roc_points([1, 1, 0, 1, 0], [0.9, 0.8, 0.8, 0.4, 0.1])
    assert _same_roc(answer, ([0, 0, 1 / 2, 1 / 2, 1], [0, 1 / 3, 2 / 3, 1, 1]))


@pytest.mark.check(points=1, visible=True)
def test_example_area(student):
    """The area of the example."""
    assert student.area_under_roc([1, 1, 0, 1, 0], [0.9, 0.8, 0.8, 0.4, 0.1]) == pytest.approx(3 / 4)


@pytest.mark.check(points=2)
def test_fresh_points(student, rng):
    """Fresh scores with and without ties, as arrays and as lists, against scikit-learn."""
    actual, tied = _tied_people(rng, 90)
    for scores in (tied, rng.normal(size=90) + actual, rng.permutation(90) - 40):
        expected = _oracle_roc(actual, scores)
        assert _same_roc(student.roc_points(actual, scores), expected)
        assert _same_roc(student.roc_points(actual.tolist(), scores.tolist()), expected)
    scikit_learns = sklearn_metrics.roc_curve(actual, tied, drop_intermediate=False)[:2]
    assert _same_roc(student.roc_points(actual, tied), scikit_learns)


@pytest.mark.check(points=1)
def test_fresh_area(student, rng):
    """The area on fresh scores with many ties, and that the order of the people does not matter."""
    for size in (25, 90):
        actual, scores = _tied_people(rng, size)
        expected = _oracle_area(actual, scores)
        for order in (np.arange(size), np.argsort(actual, kind="stable"), np.argsort(-actual, kind="stable")):
            assert student.area_under_roc(actual[order], scores[order]) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_extreme_scores(student, rng):
    """Scores that separate the classes, that rank them backwards, and that are all the same."""
    actual = rng.permutation([1] * int(rng.integers(3, 9)) + [0] * int(rng.integers(3, 9)))
    noise = rng.random(actual.size)
    for scores in (actual + 0.9 * noise, -actual - 0.9 * noise, np.full(actual.size, float(noise[0]))):
        assert _same_roc(student.roc_points(actual, scores), _oracle_roc(actual, scores))
        expected = _oracle_area(actual, scores)
        assert student.area_under_roc(actual, scores) == pytest.approx(expected, abs=1e-9)
