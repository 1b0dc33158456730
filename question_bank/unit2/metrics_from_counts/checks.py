import functools
import math

import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics


@functools.cache  # the counts are drawn alike for everybody, so scikit-learn is asked once
def _oracle_metrics(tp, fn, fp, tn):
    actual = np.repeat([1, 1, 0, 0], [tp, fn, fp, tn])
    predicted = np.repeat([1, 0, 1, 0], [tp, fn, fp, tn])
    precision, recall, f1, _ = sklearn_metrics.precision_recall_fscore_support(
        actual, predicted, labels=[1, 0], zero_division=math.nan
    )
    return {
        "accuracy": float(np.mean(actual == predicted)),
        "accuracy_positive": recall[0],
        "accuracy_negative": recall[1],
        "precision": precision[0],
        "recall": recall[0],
        "specificity": recall[1],
        "f1": f1[0],
    }


@pytest.mark.check(points=1, visible=True)
def test_ten_people_again(student):
    """The ten people of the example, all seven numbers."""
    assert student.metrics_from_counts(3, 1, 2, 4) == pytest.approx(
        {
            "accuracy": 7 / 10,
            "accuracy_positive": 3 / 4,
            "accuracy_negative": 4 / 6,
            "precision": 3 / 5,
            "recall": 3 / 4,
            "specificity": 4 / 6,
            "f1": 6 / 9,
        }
    )


@pytest.mark.check(points=2)
def test_fresh_counts(student, rng):
    """Fresh random counts, small and large, against scikit-learn."""
    for top in (12, 300, 9000):
        tp, fn, fp, tn = (int(count) for count in rng.choice(np.arange(1, top), 4, replace=False))
        expected = _oracle_metrics(tp, fn, fp, tn)
        assert student.metrics_from_counts(tp, fn, fp, tn) == pytest.approx(expected, rel=1e-9), (
            "Are the arguments taken in the order tp, fn, fp, tn, and the values left unrounded?"
        )


@pytest.mark.check(points=1)
def test_shares_of_nobody(student, rng):
    """A share of nobody is nan: no ill people, no healthy people, nobody flagged, nobody at all."""
    a, b = (int(count) for count in rng.integers(2, 40, 2))
    nobody_flagged = student.metrics_from_counts(0, a, 0, b)
    assert math.isnan(nobody_flagged["precision"])
    nobody_ill = student.metrics_from_counts(0, 0, a, b)
    assert math.isnan(nobody_ill["recall"])
    assert math.isnan(nobody_ill["accuracy_positive"])
    nobody_healthy = student.metrics_from_counts(a, b, 0, 0)
    assert math.isnan(nobody_healthy["specificity"])
    assert math.isnan(nobody_healthy["accuracy_negative"])
    nobody_at_all = student.metrics_from_counts(0, 0, 0, 0)
    assert len(nobody_at_all) == 7
    assert all(math.isnan(value) for value in nobody_at_all.values())


@pytest.mark.check(points=1)
def test_f1_where_precision_is_undefined(student, rng):
    """F1 is computed from the counts, so that it is defined where precision or recall is not."""
    for _ in range(3):
        a, b = (int(count) for count in rng.integers(1, 40, 2))
        for counts in ((0, a, 0, b), (0, 0, a, b), (0, a, b, 0)):
            expected = 2 * counts[0] / (2 * counts[0] + counts[1] + counts[2])
            assert student.metrics_from_counts(*counts)["f1"] == pytest.approx(expected)
