import numpy as np


def bayes(prior, likelihood):
    """Return the probability of each result, and of each state (row) given each result (column)."""
    prior = np.asarray(prior) / np.sum(prior)
    joint = prior[:, np.newaxis] * likelihood
    evidence = joint.sum(axis=0)
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return evidence, joint / evidence


def screening(share, sensitivity, specificity):
    """Return the probability of a red strip, and of an infection after a red and after a white one."""
    likelihood = [[sensitivity, 1 - sensitivity], [1 - specificity, specificity]]
    evidence, posterior = bayes([share, 1 - share], likelihood)
    return {
        "red": float(evidence[0]),
        "infected_if_red": float(posterior[0, 0]),
        "infected_if_white": float(posterior[0, 1]),
    }
