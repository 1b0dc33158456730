import numpy as np
import pytest
from sklearn.metrics import fbeta_score


def labelled(rng, labels, size):
    """Draw actual labels and predictions that find most of the first class but raise many false alarms for it."""
    actual = rng.choice(labels, size)
    predicted = np.where(rng.random(size) < 0.6, actual, labels[0])
    predicted[:2], actual[:2] = labels[1], labels[0]
    predicted[2], actual[2] = labels[0], labels[0]
    return actual, predicted


def oracle(actual, predicted, positive, beta):
    """Return the F-beta of one class against the rest, as the weighted harmonic mean of precision and recall."""
    is_, said = np.asarray(actual) == positive, np.asarray(predicted) == positive
    precision, recall = (is_ & said).sum() / said.sum(), (is_ & said).sum() / is_.sum()
    return float((1 + beta**2) / (1 / precision + beta**2 / recall))


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with seven cases."""
    actual = ["leak", "leak", "leak", "dry", "dry", "dry", "dry"]
    predicted = ["leak", "leak", "dry", "leak", "leak", "leak", "dry"]
    # two leaks are found, one is missed, three alarms are false
    assert student.f_beta(actual, predicted, "leak", 2) == pytest.approx(5 * 2 / (5 * 2 + 4 * 1 + 3))
    assert student.f_beta(actual, predicted, "leak", 0.5) == pytest.approx(1.25 * 2 / (1.25 * 2 + 0.25 * 1 + 3))


@pytest.mark.check(points=1)
def test_two_classes(student, rng):
    """Two classes with fresh labels, several betas and the default, against scikit-learn."""
    for labels in (["spam", "ham"], [0, 1], [1, 0]):
        actual, predicted = labelled(rng, labels, 40)
        for beta in (0.5, 2, 3.0):
            expected = oracle(actual, predicted, labels[0], beta)
            assert student.f_beta(actual, predicted, labels[0], beta) == pytest.approx(expected), "wrong with arrays"
        expected = oracle(actual, predicted, labels[0], 1)
        given = actual.tolist(), predicted.tolist()
        assert student.f_beta(*given, labels[0]) == pytest.approx(expected), "wrong with lists and the default"
    for hits, misses, alarms in ((1, 1, 3), (1, 3, 1), (4, 0, 0), (3, 2, 0), (3, 0, 2)):
        actual, predicted = [1] * (hits + misses) + [0] * (alarms + 1), [1] * hits + [0] * misses + [1] * alarms + [0]
        expected = oracle(actual, predicted, 1, 1)
        assert student.f_beta(actual, predicted, 1, 1) == pytest.approx(expected), "wrong with few cases"
    assert student.f_beta(actual, predicted, 1, 2) == pytest.approx(fbeta_score(actual, predicted, beta=2))


@pytest.mark.check(points=1)
def test_several_classes(student, rng):
    """Three and more classes, each in turn taken as the positive one."""
    for labels in (["a", "b", "c"], [2, 4, 6, 8]):
        actual, predicted = labelled(rng, labels, 80)
        for positive in labels:
            expected = oracle(actual, predicted, positive, 1.5)
            result = student.f_beta(actual.tolist(), predicted.tolist(), positive, 1.5)
            assert result == pytest.approx(expected), "wrong for one class against several others"


@pytest.mark.check(points=1)
def test_nothing_found(student, rng):
    """The positive class occurs, but nothing is rightly predicted as positive."""
    size = int(rng.integers(3, 9))
    actual, predicted = labelled(rng, ["yes", "no"], 30)
    expected = oracle(actual, predicted, "yes", 1)
    assert student.f_beta(actual, predicted, "yes", 1) == pytest.approx(expected), "wrong where something is found"
    for actual, predicted in (
        (["yes"] * size, ["no"] * size),
        (["no"] * size, ["yes"] * size),
        (["yes", "no"] * size, ["no", "yes"] * size),
    ):
        assert student.f_beta(actual, predicted, "yes", 2) == 0, "the denominator is positive, so the score is defined"


@pytest.mark.check(points=1)
def test_positive_class_absent(student, rng):
    """The positive class occurs on neither side, or there are no cases at all."""
    size = int(rng.integers(3, 9))
    actual, predicted = labelled(rng, ["a", "b"], 30)
    expected = oracle(actual, predicted, "a", 1)
    assert student.f_beta(actual, predicted, "a", 1) == pytest.approx(expected), "wrong where the class occurs"
    assert student.f_beta(["b"] * size, ["c"] * size, "a") is None, "without any positive label there is no score"
    assert student.f_beta(np.zeros(size, dtype=int), np.zeros(size, dtype=int), 1, 0.5) is None
    assert student.f_beta([], [], "a", 2) is None, "without cases there is no score"
