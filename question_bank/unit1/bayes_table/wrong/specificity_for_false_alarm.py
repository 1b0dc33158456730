"""Takes the specificity for the probability that a healthy tree turns the strip red.

Caught by: test_screening_example, test_fresh_screenings
"""

import numpy as np


def bayes(prior, likelihood):
    prior = np.asarray(prior) / np.sum(prior)
    joint = prior[:, np.newaxis] * likelihood
    evidence = joint.sum(axis=0)
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return evidence, joint / evidence


def screening(share, sensitivity, specificity):
    likelihood = [[sensitivity, 1 - sensitivity], [specificity, 1 - specificity]]
    evidence, posterior = bayes([share, 1 - share], likelihood)
    return {
        "red": float(evidence[0]),
        "infected_if_red": float(posterior[0, 0]),
        "infected_if_white": float(posterior[0, 1]),
    }
