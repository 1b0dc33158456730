"""Adds a small number to the belief, so that nothing is ever infinitely surprising.

Caught by: test_excluded_but_happening
"""

import numpy as np


def entropy(p):
    return cross_entropy(p, p)


def cross_entropy(p, q):
    p, q = np.asarray(p) / np.sum(p), np.asarray(q) / np.sum(q)
    happens = p > 0
    return float(-np.sum(p[happens] * np.log2(q[happens] + 1e-12)))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
