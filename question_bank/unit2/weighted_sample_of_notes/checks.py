import math

import numpy as np
import pytest


def _chances(weights, drawn):
    """Find the chances by bisection: the one scale at which the capped weights add up to the wanted number."""
    weights = np.asarray(weights, dtype=float)
    low, high = 0.0, drawn / weights.min()
    for _ in range(200):
        middle = (low + high) / 2
        if np.minimum(1, middle * weights).sum() < drawn:
            low = middle
        else:
            high = middle
    return np.minimum(1, high * weights)


@pytest.mark.check(points=1, visible=True)
def test_four_notes(student):
    """The examples: four notes of which one is taken for sure, and three that stand for eight."""
    assert student.inclusion_chances([6, 1, 1, 2], 2) == pytest.approx([1, 0.25, 0.25, 0.5])
    assert student.estimated_share([1, 1, 0], [1, 2, 5]) == pytest.approx(3 / 8)


@pytest.mark.check(points=1)
def test_chances_that_need_no_cap(student, rng):
    """Fresh weights of the same order, in lists and arrays, whole numbers and fractions."""
    for weights in (rng.integers(1, 6, 60), rng.uniform(0.01, 0.04, 40)):
        drawn = int(rng.integers(2, 6))
        expected = drawn * weights / weights.sum()
        before = weights.copy()
        assert student.inclusion_chances(weights, drawn) == pytest.approx(expected)
        assert student.inclusion_chances(weights.tolist(), drawn) == pytest.approx(expected)
        assert np.array_equal(weights, before), "The weights that were given have been changed."


@pytest.mark.check(points=2)
def test_chances_that_are_capped(student, rng):
    """Very unequal weights, which need the formula several times, and nearly all of the notes wanted."""
    for size in (12, 50):
        weights = np.round(np.exp(rng.normal(0, 2.5, size)), 3) + 0.01
        for drawn in (1, size // 3, size // 2, size - 1):
            chances = np.asarray(student.inclusion_chances(weights, drawn), dtype=float)
            assert chances == pytest.approx(_chances(weights, drawn))
            assert chances.sum() == pytest.approx(drawn)
    chain = [27, 9, 3, 1, 1, 1]
    for drawn in (2, 3, 4, 5):
        assert student.inclusion_chances(chain, drawn) == pytest.approx(_chances(chain, drawn))


@pytest.mark.check(points=1)
def test_notes_drawn(student, rng):
    """Notes drawn with fresh chances, some sure and some nearly impossible."""
    for _ in range(4):
        chances = rng.random(70) ** 2
        chances[rng.integers(0, 70, 5)] = 1.0
        seed = int(rng.integers(10000))
        luck = np.random.default_rng(seed).random(70)
        expected = [row for row in range(70) if luck[row] < chances[row]]
        for given in (chances, chances.tolist()):
            rows = student.draw_weighted(given, seed)
            assert [int(row) for row in rows] == expected
    assert len(student.draw_weighted(np.full(5, 1e-9), 1)) == 0
    equal = np.random.default_rng(8).random(6)  # a number equal to the chance is not below it
    assert [int(row) for row in student.draw_weighted(np.where(np.arange(6) < 4, equal, 1.0), 8)] == [4, 5]


@pytest.mark.check(points=1)
def test_share_of_the_whole(student, rng):
    """Fresh samples with unequal weights, an empty one, and samples with nothing or nothing else in them."""
    for _ in range(4):
        found, weights = (rng.random(25) < 0.4).astype(int), rng.uniform(1, 9, 25)
        found[:2] = 0, 1
        expected = sum(weight for weight, hit in zip(weights, found, strict=True) if hit) / sum(weights)
        assert student.estimated_share(found, weights) == pytest.approx(expected)
        assert student.estimated_share(found.tolist(), weights.tolist()) == pytest.approx(expected)
    assert student.estimated_share([0, 0, 0], [2, 5, 1]) == 0
    assert student.estimated_share([1, 1], [2, 5]) == pytest.approx(1)
    assert math.isnan(student.estimated_share([], []))
    assert math.isnan(student.estimated_share(np.array([]), np.array([])))
