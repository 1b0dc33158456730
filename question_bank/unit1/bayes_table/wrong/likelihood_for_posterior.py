"""Answers with the likelihood itself: confuses P(result | state) with P(state | result).

Caught by: test_hundred_trees, test_screening_example, test_fresh_tables, test_impossible_results, test_fresh_screenings
"""

import numpy as np


def bayes(prior, likelihood):
    prior = np.asarray(prior) / np.sum(prior)
    joint = prior[:, np.newaxis] * likelihood
    evidence = joint.sum(axis=0)
    return evidence, np.asarray(likelihood)


def screening(share, sensitivity, specificity):
    likelihood = [[sensitivity, 1 - sensitivity], [1 - specificity, specificity]]
    evidence, posterior = bayes([share, 1 - share], likelihood)
    return {
        "red": float(evidence[0]),
        "infected_if_red": float(posterior[0, 0]),
        "infected_if_white": float(posterior[0, 1]),
    }
