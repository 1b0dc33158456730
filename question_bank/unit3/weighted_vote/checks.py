import numpy as np
import pytest


def tally(predictions, weights):
    """Count the votes of every row in a dictionary."""
    winners, shares = [], []
    for votes in zip(*predictions, strict=True):
        totals = dict.fromkeys(sorted(set(votes)), 0)
        for vote, weight in zip(votes, weights, strict=True):
            totals[vote] += weight
        winners.append(max(totals, key=totals.get))  # the first of equals, and they are sorted
        shares.append(totals[winners[-1]] / sum(weights))
    return winners, shares


def unpack(answer):
    """Return the labels and the shares as lists."""
    labels, shares = answer
    return np.asarray(labels).tolist(), np.asarray(shares, dtype=float).tolist()


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Three models and two rows, with and without weights."""
    trees = [["elm", "oak"], ["oak", "oak"], ["oak", "ash"]]
    labels, shares = unpack(student.weighted_vote(trees, [3, 1, 1]))
    assert labels == ["elm", "oak"]
    assert shares == pytest.approx([3 / 5, 4 / 5])
    labels, shares = unpack(student.weighted_vote(trees))
    assert labels == ["oak", "oak"]
    assert shares == pytest.approx([2 / 3, 2 / 3])


@pytest.mark.check(points=1)
def test_labels(student, rng):
    """The labels of fresh weighted votes, names and numbers, as arrays and as lists."""
    for names in (["fig", "kiwi", "plum"], [7, 0, 12, -4]):
        predictions = rng.choice(names, (6, 30))
        weights = rng.permutation([11, 17, 20, 22, 23, 24])  # no two sums of them are equal
        expected = tally(predictions.tolist(), weights.tolist())[0]
        assert unpack(student.weighted_vote(predictions, weights.tolist()))[0] == expected
        assert unpack(student.weighted_vote(predictions.tolist(), weights.tolist()))[0] == expected


@pytest.mark.check(points=1)
def test_shares(student, rng):
    """The shares of fresh weighted votes, with weights that are no whole numbers."""
    for models in (2, 5, 8):
        predictions = rng.choice(["x", "y", "z"], (models, 25)).tolist()
        weights = rng.uniform(0.2, 3, models).tolist()
        assert unpack(student.weighted_vote(predictions, weights=weights))[1] == pytest.approx(tally(predictions, weights)[1])


@pytest.mark.check(points=1)
def test_ties(student, rng):
    """Votes with many ties, and equal voices when no weights are given."""
    for names in (["b", "c", "a"], [30, 4, 200]):
        predictions = rng.choice(names, (4, 40)).tolist()
        for weights in (None, [2, 1, 1, 2]):
            labels, shares = unpack(student.weighted_vote(predictions, weights))
            expected = tally(predictions, weights or [1, 1, 1, 1])
            assert labels == expected[0]
            assert shares == pytest.approx(expected[1])


@pytest.mark.check(points=1)
def test_small(student, rng):
    """A single model, a single row, and models that all agree."""
    alone = rng.choice(["in", "out"], 9).tolist()
    assert unpack(student.weighted_vote([alone], [0.3])) == (alone, [1] * 9)
    heavy = int(rng.integers(4, 9))
    assert unpack(student.weighted_vote([["u"], ["v"], ["v"]], [heavy, 1, 2])) == (["u"], [pytest.approx(heavy / (heavy + 3))])
    assert unpack(student.weighted_vote([alone, alone], [heavy, 1])) == (alone, [pytest.approx(1)] * 9)
