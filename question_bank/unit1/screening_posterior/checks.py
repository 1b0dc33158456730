import numpy as np
import pytest
from scipy.special import expit, logit


def by_odds(prevalence, sensitivity, specificity, results):
    """Add up logarithms of likelihood ratios, which is Bayes' rule in another dress."""
    plus = np.log(sensitivity) - np.log1p(-specificity)
    minus = np.log1p(-sensitivity) - np.log(specificity)
    return expit(logit(prevalence) + sum(plus if result == "+" else minus for result in results))


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """One positive result for a rare disease."""
    # of 1000 people 10 are ill, and 9 of them test positive; of the 990 others 99 do
    assert student.posterior(0.01, 0.9, 0.9, ["+"]) == pytest.approx(9 / (9 + 99))


@pytest.mark.check(points=1)
def test_one_result(student, rng):
    """One result, positive or negative, with fresh random rates."""
    for result in "+-" * 4:
        rates = rng.uniform([0.01, 0.6, 0.75], [0.4, 0.8, 0.99]).tolist()
        said = student.posterior(*rates, [result])
        assert said == pytest.approx(by_odds(*rates, result)), "wrong after a single result"


@pytest.mark.check(points=2)
def test_several_results(student, rng):
    """Several results in a row, mixed, and none at all."""
    for length in (2, 3, 5, 8):
        rates = rng.uniform([0.05, 0.6, 0.75], [0.4, 0.8, 0.95]).tolist()
        results = rng.permutation(["+", "-"] + rng.choice(["+", "-"], length - 2).tolist()).tolist()
        said = student.posterior(*rates, results)
        assert said == pytest.approx(by_odds(*rates, results)), "wrong after several results"
        assert student.posterior(*rates, []) == pytest.approx(rates[0]), "wrong without any result"


@pytest.mark.check(points=1)
def test_certain_and_impossible(student, rng):
    """Results that settle the matter, and results that cannot happen."""
    prevalence, rate = rng.uniform(0.1, 0.4, 2).tolist()
    assert student.posterior(prevalence, rate, 1, ["-", "+"]) == pytest.approx(1), "no healthy person is positive here"
    assert student.posterior(prevalence, 1, rate, ["+", "-"]) == pytest.approx(0), "no ill person is negative here"
    assert student.posterior(prevalence, 1.0, 1.0, ["+", "-"]) is None, "nobody can get both results from such a test"
    assert student.posterior(0.0, rate, 1.0, ["+"]) is None, "nobody is ill, and no healthy person is positive"
    tiny = student.posterior(1e-30, 1e-30, 0.5, ["+"])
    assert tiny == pytest.approx(2e-60, rel=1e-6), "improbable is not impossible"
