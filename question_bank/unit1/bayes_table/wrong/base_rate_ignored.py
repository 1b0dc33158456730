"""Turns the table round as if all states were equally frequent.

Caught by: test_hundred_trees, test_screening_example, test_fresh_tables, test_impossible_results, test_fresh_screenings
"""

import numpy as np


def bayes(prior, likelihood):
    prior = np.full(len(prior), 1 / len(prior))
    joint = prior[:, np.newaxis] * likelihood
    evidence = joint.sum(axis=0)
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return evidence, joint / evidence


def screening(share, sensitivity, specificity):
    likelihood = [[sensitivity, 1 - sensitivity], [1 - specificity, specificity]]
    evidence, posterior = bayes([share, 1 - share], likelihood)
    return {
        "red": float(evidence[0]),
        "infected_if_red": float(posterior[0, 0]),
        "infected_if_white": float(posterior[0, 1]),
    }
