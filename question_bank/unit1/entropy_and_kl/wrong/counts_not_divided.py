"""Takes logarithms of counts.

Caught by: test_counts, test_outcomes_that_never_happen, test_excluded_but_happening
"""

import numpy as np


def entropy(p):
    return cross_entropy(p, p)


def cross_entropy(p, q):
    p, q = np.asarray(p), np.asarray(q)
    happens = p > 0
    with np.errstate(divide="ignore"):  # the logarithm of 0 is minus infinity, as it should be
        return float(-np.sum(p[happens] * np.log2(q[happens])))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
