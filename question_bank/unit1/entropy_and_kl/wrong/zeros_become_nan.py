"""Takes the logarithm of everything, so that 0 times minus infinity turns the sum into nan.

Caught by: test_outcomes_that_never_happen, test_excluded_but_happening
"""

import numpy as np


def entropy(p):
    return cross_entropy(p, p)


def cross_entropy(p, q):
    p, q = np.asarray(p) / np.sum(p), np.asarray(q) / np.sum(q)
    return float(-np.sum(p * np.log2(q)))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
