import numpy as np
import pytest

LABELS = ["fine", "repair", "hazard"]


def _votes(rng, labels, notes):
    """Draw notes with one to five votes and some gaps among them."""
    votes = []
    for _ in range(notes):
        given = rng.choice(labels, int(rng.integers(1, 6))).tolist()
        given[1:1] = [None] * int(rng.integers(0, 3))
        votes.append(given)
    return votes


def _shares(votes, labels):
    return np.array([[sum(vote == label for vote in given) for label in labels] for given in votes], dtype=float) / [
        [sum(vote is not None for vote in given)] for given in votes
    ]


@pytest.mark.check(points=1, visible=True)
def test_one_note(student):
    """The note of the example, and one on which two annotators are divided."""
    labels = ["fine", "repair", "hazard"]
    shares = np.asarray(student.vote_shares([["fine", "hazard", None, "hazard"], ["hazard", "fine"]], labels))
    assert shares == pytest.approx(np.array([[1 / 3, 0, 2 / 3], [0.5, 0, 0.5]]))
    assert list(student.settle(shares, labels, 0.6)) == ["hazard", None]
    assert list(student.settle(shares, labels, 0.5)) == ["hazard", "hazard"]


@pytest.mark.check(points=1)
def test_fresh_shares(student, rng):
    """Fresh votes of several lengths with gaps among them, and labels that nobody gave."""
    for labels in (LABELS, ["d", "c", "b", "a"], [0, 1]):
        votes = _votes(rng, labels, 40)
        shares = np.asarray(student.vote_shares(votes, labels), dtype=float)
        assert shares.shape == (40, len(labels))
        assert shares == pytest.approx(_shares(votes, labels))
    single = np.asarray(student.vote_shares([["repair"]], LABELS), dtype=float)
    assert single == pytest.approx(np.array([[0, 1, 0]]))


@pytest.mark.check(points=1)
def test_notes_without_a_vote(student, rng):
    """Notes that nobody has labelled, between others, and no notes at all."""
    votes = _votes(rng, LABELS, 9)
    votes[2], votes[6] = [], [None, None]
    shares = np.asarray(student.vote_shares(votes, LABELS), dtype=float)
    silent = [2, 6]
    assert np.isnan(shares[silent]).all()
    kept = [row for row in range(9) if row not in silent]
    assert shares[kept] == pytest.approx(_shares([votes[row] for row in kept], LABELS))
    assert np.asarray(student.vote_shares([], LABELS)).shape == (0, 3)
    rows = [[0.25, 0.75, 0.0], [np.nan] * 3, [0.0, 0.0, 1.0]]
    for given in (rows, np.array(rows)):
        assert list(student.settle(given, LABELS, 0.0)) == ["repair", None, "hazard"]
        assert list(student.settle(given, LABELS, 0.9)) == [None, None, "hazard"]
    assert list(student.settle([], LABELS, 0.5)) == []


@pytest.mark.check(points=1)
def test_fresh_notes_settled(student, rng):
    """Fresh shares without ties, and several demands on how sure one must be."""
    labels = ["a", "b", "c", "d"]
    shares = rng.dirichlet(np.ones(4), 60)
    for sure in (0.3, 0.5, 0.8):
        expected = [labels[row.argmax()] if row.max() >= sure else None for row in shares]
        assert list(student.settle(shares, labels, sure)) == expected
        assert list(student.settle(shares.tolist(), labels, sure)) == expected


@pytest.mark.check(points=1)
def test_ties_and_bounds(student, rng):
    """Labels with the same share, whatever their names, and a share that is just large enough."""
    for labels in (LABELS, ["z", "y", "x"]):
        shares = np.array([[0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5], [0.25, 0.25, 0.5], [0.75, 0.25, 0]])
        first, second, third = labels
        assert list(student.settle(shares, labels, 0.5)) == [second, third, third, third, first]
        assert list(student.settle(shares, labels, 0.75)) == [None, None, None, None, first]
        quarter = [[0.375, 0.375, 0.25], [0.25, 0.375, 0.375]]
        assert list(student.settle(quarter, labels, 0.375)) == [second, third]
        assert list(student.settle(quarter, labels, 0.376)) == [None, None]
