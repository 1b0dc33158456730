import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, confusion_matrix


def annotated(rng, labels, items, noise=0.4):
    """Draw two annotators of whom the second follows the first but for some items, and prefers the first labels."""
    habits = np.arange(len(labels), 0, -1.0) ** 2
    first = rng.choice(labels, items)
    second = np.where(rng.random(items) < noise, rng.choice(labels, items, p=habits / habits.sum()), first)
    first[: len(labels)], second[-len(labels) :] = labels, labels  # each label occurs on both sides
    return first, second


def chance(first, second):
    """Return the agreement by chance from the margins of the table of both annotators."""
    table = confusion_matrix(first, second)
    return np.dot(table.sum(axis=0), table.sum(axis=1)) / table.sum() ** 2


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with ten items."""
    first = ["owl", "owl", "owl", "owl", "fox", "fox", "fox", "fox", "fox", "fox"]
    second = ["owl", "owl", "owl", "fox", "fox", "fox", "fox", "fox", "fox", "owl"]
    result = student.cohen_kappa(first, second)
    # they agree on 8 of 10 items; each says "owl" 4 times and "fox" 6 times
    assert result["observed"] == pytest.approx(0.8)
    assert result["expected"] == pytest.approx(0.4 * 0.4 + 0.6 * 0.6)
    assert result["kappa"] == pytest.approx((0.8 - 0.52) / (1 - 0.52))


@pytest.mark.check(points=1)
def test_observed_and_expected(student, rng):
    """Observed and expected agreement on fresh random labels."""
    for labels in (["a", "b"], ["cat", "dog", "elk", "gnu"]):
        first, second = annotated(rng, labels, 60)
        result = student.cohen_kappa(first, second)
        assert result["observed"] == pytest.approx(np.mean(first == second)), "the observed agreement is wrong"
        assert result["expected"] == pytest.approx(chance(first, second)), "the agreement by chance is wrong"


@pytest.mark.check(points=1)
def test_kappa(student, rng):
    """Kappa on fresh random labels in arrays and lists, strings and numbers, against scikit-learn."""
    for labels in (["yes", "no"], [0, 1, 2], [3, 7, 11, 20, 40]):
        for noise in (0.2, 0.7):
            first, second = annotated(rng, labels, 50, noise)
            kappa = cohen_kappa_score(first, second)
            assert student.cohen_kappa(first, second)["kappa"] == pytest.approx(kappa), "kappa is wrong with arrays"
            result = student.cohen_kappa(first.tolist(), second.tolist())
            assert result["kappa"] == pytest.approx(kappa), "kappa is wrong with lists"


@pytest.mark.check(points=1)
def test_labels_of_one_annotator(student, rng):
    """Annotators who use different labels, or agree less than by chance."""
    first = rng.permutation(["in"] * 12 + ["out"] * 9)
    second = np.where(first == "in", "out", "doubtful")
    second[:4] = "out"
    for one, other in ((first, second), (second, first)):
        result = student.cohen_kappa(one, other)
        assert result["expected"] == pytest.approx(chance(one, other)), "the agreement by chance is wrong"
        assert result["kappa"] == pytest.approx(cohen_kappa_score(one, other)), "kappa is wrong"
    swapped = np.where(first == "in", "out", "in")
    assert student.cohen_kappa(first, swapped)["kappa"] == pytest.approx(cohen_kappa_score(first, swapped))


@pytest.mark.check(points=1)
def test_single_label(student, rng):
    """Annotators who each use a single label for all items."""
    items = int(rng.integers(3, 30))
    same = student.cohen_kappa(["fine"] * items, ["fine"] * items)
    assert same["kappa"] is None, "kappa is not defined when both use one and the same label"
    assert (same["observed"], same["expected"]) == (1, 1)
    other = student.cohen_kappa(["fine"] * items, ["faulty"] * items)
    assert (other["observed"], other["expected"], other["kappa"]) == (0, 0, 0)
    half = np.array([4] * items + [6] * items)
    assert student.cohen_kappa(half, np.full(2 * items, 4))["kappa"] == pytest.approx(0)
    assert student.cohen_kappa(half, half)["kappa"] == pytest.approx(1)
