import numpy as np
import pytest
from sklearn.metrics.cluster import pair_confusion_matrix


def counted(first, second):
    """Return the answer from the pair confusion matrix, which counts each pair twice."""
    (apart, only_second), (only_first, together) = pair_confusion_matrix(first, second) / 2
    joined = only_first + together
    return {
        "together": together,
        "apart": apart,
        "rand": (together + apart) / (together + apart + only_first + only_second),
        "precision": together / joined if joined else None,
    }


def clusterings(rng, size, one, other):
    """Draw two clusterings that agree more than by chance, with names in random order."""
    first = rng.integers(0, one, size)
    second = np.where(rng.random(size) < 0.4, rng.integers(0, other, size), first % other)
    return rng.permutation(50)[first], rng.permutation(50)[second]


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Five songs in two clusters each, differently named."""
    result = student.compare_clusterings(["a", "a", "a", "b", "b"], [9, 9, 4, 4, 4])
    # of the 10 pairs, (0, 1) and (3, 4) are together in both; (0, 3), (0, 4), (1, 3), (1, 4) are apart in both
    assert result["together"] == 2
    assert result["apart"] == 4
    assert result["rand"] == pytest.approx(0.6)
    assert result["precision"] == pytest.approx(2 / 4)


@pytest.mark.check(points=1)
def test_pairs(student, rng):
    """The pairs that are together and apart in both, for fresh clusterings, as arrays and as lists."""
    for one, other in ((3, 3), (2, 5), (6, 2)):
        first, second = clusterings(rng, 30, one, other)
        expected = counted(first, second)
        for result in (student.compare_clusterings(first, second), student.compare_clusterings(first.tolist(), second.tolist())):
            assert result["together"] == expected["together"]
            assert result["apart"] == expected["apart"]


@pytest.mark.check(points=1)
def test_rand(student, rng):
    """The Rand index of fresh clusterings, against scikit-learn."""
    for one, other in ((3, 3), (2, 5), (6, 2)):
        first, second = clusterings(rng, 25, one, other)
        assert student.compare_clusterings(first, second)["rand"] == pytest.approx(counted(first, second)["rand"])


@pytest.mark.check(points=1)
def test_precision(student, rng):
    """The share of the pairs of the first clustering that stay together, both ways round."""
    for one, other in ((3, 3), (2, 5), (7, 2)):
        first, second = clusterings(rng, 25, one, other)
        for pair in ((first, second), (second, first)):
            assert student.compare_clusterings(*pair)["precision"] == pytest.approx(counted(*pair)["precision"])


@pytest.mark.check(points=1)
def test_extremes(student, rng):
    """Clusters of one song each, one cluster for all, the same clustering renamed, and two songs only."""
    size = int(rng.integers(5, 12))
    alone, whole = list(range(size)), ["all"] * size
    first = rng.integers(0, 2, size)
    cases = ((alone, whole), (whole, alone), (alone, alone), (whole, whole), (first, 7 - first), ([0, 1], [3, 3]))
    for one, other in cases:
        result = student.compare_clusterings(one, other)
        assert result == pytest.approx(counted(one, other))
