import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics


def _oracle_counts(actual, predicted, positive):
    """Count pair by pair."""
    pairs = [(is_ == positive, said == positive) for is_, said in zip(actual, predicted, strict=True)]
    cells = {"tp": (True, True), "fn": (True, False), "fp": (False, True), "tn": (False, False)}
    return {name: pairs.count(cell) for name, cell in cells.items()}


@pytest.mark.check(points=1, visible=True)
def test_ten_people(student):
    """The ten people of the example."""
    actual = ["Disease"] * 4 + ["Normal"] * 6
    predicted = ["Disease"] * 3 + ["Normal"] + ["Disease"] * 2 + ["Normal"] * 4
    counts = student.confusion_counts(actual, predicted, "Disease")
    assert counts == {"tp": 3, "fn": 1, "fp": 2, "tn": 4}


@pytest.mark.check(points=1)
def test_fresh_labels(student, rng):
    """Fresh random labels, as lists and as arrays, either class taken as positive."""
    for size in (37, 120):
        actual = rng.choice(["Disease", "Normal"], size, p=[0.3, 0.7])
        predicted = np.where(rng.random(size) < 0.25, rng.choice(["Disease", "Normal"], size), actual)
        actual[:9], predicted[:9] = "Normal", "Disease"
        actual[-3:], predicted[-3:] = ["Disease", "Disease", "Normal"], ["Disease", "Normal", "Normal"]
        for positive in ("Disease", "Normal"):
            expected = _oracle_counts(actual, predicted, positive)
            assert student.confusion_counts(actual.tolist(), predicted.tolist(), positive) == expected
            assert student.confusion_counts(actual, predicted, positive) == expected
        expected = _oracle_counts(actual == "Disease", predicted == "Disease", True)
        ones = (actual == "Disease").astype(int), (predicted == "Disease").astype(int)
        assert student.confusion_counts(*ones, 1) == expected, "Labels may be numbers as well as words."
    matrix = sklearn_metrics.confusion_matrix(actual, predicted, labels=["Disease", "Normal"])
    counts = student.confusion_counts(actual, predicted, "Disease")
    assert [counts[name] for name in ("tp", "fn", "fp", "tn")] == matrix.ravel().tolist(), "as in scikit-learn"


@pytest.mark.check(points=1)
def test_one_class_against_the_rest(student, rng):
    """Three labels: every label but the positive one counts as negative."""
    labels = ["Benign", "Disease", "Normal"]
    actual, predicted = rng.choice(labels, 90, p=[0.1, 0.2, 0.7]), rng.choice(labels, 90, p=[0.5, 0.4, 0.1])
    actual[:9], predicted[:9] = np.repeat(labels, 3), np.tile(labels, 3)
    for positive in labels:
        expected = _oracle_counts(actual, predicted, positive)
        assert student.confusion_counts(actual.tolist(), predicted.tolist(), positive) == expected


@pytest.mark.check(points=1)
def test_empty_and_one_sided(student, rng):
    """No people at all, nobody flagged, and everybody flagged."""
    empty = student.confusion_counts([], [], "Disease")
    assert empty == {"tp": 0, "fn": 0, "fp": 0, "tn": 0}
    actual = rng.permutation(["Disease"] * int(rng.integers(2, 9)) + ["Normal"] * int(rng.integers(10, 30))).tolist()
    for verdict in ("Normal", "Disease"):
        predicted = [verdict] * len(actual)
        assert student.confusion_counts(actual, predicted, "Disease") == _oracle_counts(actual, predicted, "Disease")
