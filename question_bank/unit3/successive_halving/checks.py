import numpy as np
import pytest


def search(scores, factor):
    """Run the search with array indices."""
    scores = np.asarray(scores)
    entered, rungs, cost = np.arange(len(scores)), [], 0
    for rung, column in enumerate(scores.T):
        rungs.append(sorted(entered.tolist()))
        cost += len(entered) * factor**rung
        better = np.lexsort((entered, -column[entered]))
        entered = entered[better][: -(-len(entered) // factor)]
        if len(entered) == 1:
            break
    return {"rungs": rungs, "winner": int(entered[0]), "cost": cost}


def drawn(rng, settings, rungs):
    """Draw scores that are all different and improve from rung to rung."""
    return (rng.permutation(settings * rungs).reshape(settings, rungs) + 2000 * np.arange(rungs)).tolist()


def as_lists(rungs):
    return [np.asarray(rung).tolist() for rung in rungs]


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Four settings and two rungs."""
    result = student.successive_halving([[5, 1], [7, 2], [6, 9], [3, 8]], 2)
    assert as_lists(result["rungs"]) == [[0, 1, 2, 3], [1, 2]]
    assert result["winner"] == 2
    assert result["cost"] == 4 * 1 + 2 * 2


@pytest.mark.check(points=1)
def test_rungs(student, rng):
    """Who enters each rung, for fresh scores, several factors and numbers that do not divide evenly."""
    for settings, rungs, factor in ((13, 4, 2), (20, 3, 3), (9, 2, 4), (16, 4, 2)):
        scores = drawn(rng, settings, rungs)
        assert as_lists(student.successive_halving(scores, factor)["rungs"]) == search(scores, factor)["rungs"]


@pytest.mark.check(points=1)
def test_winner_and_cost(student, rng):
    """The winner and the cost, for fresh scores, of searches that run through the table."""
    for settings, rungs, factor in ((13, 3, 2), (30, 3, 3), (9, 2, 4), (40, 2, 2)):
        scores = drawn(rng, settings, rungs)
        result, expected = student.successive_halving(scores, factor), search(scores, factor)
        # the last rung decides among several, however well they did before
        assert (result["winner"], result["cost"]) == (expected["winner"], expected["cost"])


@pytest.mark.check(points=1)
def test_ends_early(student, rng):
    """Tables with more rungs than are needed, two settings, and a single rung."""
    for settings, rungs, factor in ((8, 6, 2), (5, 4, 5), (2, 3, 2), (7, 1, 3), (3, 3, 8), (6, 5, 3)):
        scores = drawn(rng, settings, rungs)
        result = student.successive_halving(scores, factor)
        assert {**result, "rungs": as_lists(result["rungs"])} == search(scores, factor)


@pytest.mark.check(points=1)
def test_ties(student, rng):
    """Scores with many ties, and negative ones."""
    for settings, rungs, factor in ((11, 3, 2), (14, 3, 3), (9, 4, 2)):
        scores = (rng.integers(0, 3, (settings, rungs)) - 100).tolist()
        result = student.successive_halving(scores, factor)
        assert {**result, "rungs": as_lists(result["rungs"])} == search(scores, factor)
