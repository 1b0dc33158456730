import math

import numpy as np
import pytest


def _same(answer, expected):
    """Tell whether a returned array has the expected shape and numbers, nan where nan is expected."""
    assert answer is not None, "An array is missing: does the function return two?"
    answer = np.asarray(answer, dtype=float)
    return answer.shape == np.shape(expected) and np.allclose(answer, expected, equal_nan=True)


def _table(rng, states, results):
    """Make counts of trees, and a likelihood whose rows sum to 1."""
    return rng.integers(1, 200, states), rng.dirichlet(np.ones(results), states)


def _turned_round(prior, likelihood):
    """Go through results and states one by one."""
    prior = [number / sum(prior) for number in prior]
    evidence = [sum(p * row[j] for p, row in zip(prior, likelihood, strict=True)) for j in range(len(likelihood[0]))]
    posterior = [
        [p * row[j] / total if total else math.nan for j, total in enumerate(evidence)]
        for p, row in zip(prior, likelihood, strict=True)
    ]
    return evidence, posterior


@pytest.mark.check(points=1, visible=True)
def test_hundred_trees(student):
    """The hundred trees of the example."""
    evidence, posterior = student.bayes([20, 80], [[0.9, 0.1], [0.1, 0.9]])
    assert _same(evidence, [0.26, 0.74]), "18 and 8 of 100 trees turn the strip red."
    assert _same(posterior, [[18 / 26, 2 / 74], [8 / 26, 72 / 74]]), "Each column sums to 1."


@pytest.mark.check(points=1, visible=True)
def test_screening_example(student):
    """The hundred trees again, as a screening; the strip is as good on healthy trees as on infected ones."""
    report = student.screening(0.2, 0.9, 0.9)
    assert report == pytest.approx({"red": 0.26, "infected_if_red": 18 / 26, "infected_if_white": 2 / 74})


@pytest.mark.check(points=1)
def test_fresh_tables(student, rng):
    """Fresh tables of several states and results, with counts and with probabilities as the prior."""
    for states, results in ((2, 2), (3, 3), (4, 2), (2, 5), (1, 3)):
        counts, likelihood = _table(rng, states, results)
        expected = _turned_round(counts.tolist(), likelihood.tolist())
        for prior in (counts, counts / counts.sum(), counts.tolist()):
            evidence, posterior = student.bayes(prior, likelihood)
            assert _same(evidence, expected[0])
            assert _same(posterior, expected[1])
        evidence, posterior = student.bayes(counts.tolist(), likelihood.tolist())
        assert _same(evidence, expected[0])
        assert _same(posterior, expected[1])


@pytest.mark.check(points=1)
def test_impossible_results(student, rng):
    """Results that cannot happen, states that do not occur, and results that are only very improbable."""
    a, b = rng.uniform(0.2, 0.8, 2).tolist()
    for prior, likelihood in (
        ([3, 1], [[a, 0, 1 - a], [b, 0, 1 - b]]),
        ([0, 5], [[1, 0], [0, 1]]),
        ([2, 0, 1], [[a, 1 - a], [b, 1 - b], [1, 0]]),
        ([1, 1], [[1e-12, 1 - 1e-12], [2e-12, 1 - 2e-12]]),
    ):
        evidence, posterior = student.bayes(prior, likelihood)
        expected = _turned_round(prior, likelihood)
        assert _same(evidence, expected[0])
        assert _same(posterior, expected[1])


@pytest.mark.check(points=2)
def test_fresh_screenings(student, rng):
    """Fresh strips whose sensitivity and specificity differ, in groves with few and with many infected trees."""
    for top in (0.02, 0.3, 0.9):
        share, sensitivity, specificity = rng.uniform([0.001, 0.5, 0.7], [top, 0.8, 0.99]).tolist()
        red = share * sensitivity + (1 - share) * (1 - specificity)
        expected = {
            "red": red,
            "infected_if_red": share * sensitivity / red,
            "infected_if_white": share * (1 - sensitivity) / (1 - red),
        }
        assert student.screening(share, sensitivity, specificity) == pytest.approx(expected)
    never_red = student.screening(0, sensitivity, 1)
    assert math.isnan(never_red["infected_if_red"])
    assert never_red["infected_if_white"] == never_red["red"] == 0
