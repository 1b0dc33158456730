"""Applies the formula a second time but never a third, though the second can push others above 1.

Caught by: test_chances_that_are_capped
"""

import numpy as np


def inclusion_chances(weights, drawn):
    weights = np.asarray(weights, dtype=float)
    chances = drawn * weights / weights.sum()
    sure = chances > 1
    if sure.any():
        chances = np.where(sure, 1.0, (drawn - sure.sum()) * weights / weights[~sure].sum())
    return np.minimum(chances, 1)


def draw_weighted(chances, seed):
    numbers = np.random.default_rng(seed).random(len(chances))
    return np.flatnonzero(numbers < np.asarray(chances))


def estimated_share(found, weights):
    if len(found) == 0:
        return float("nan")
    return float(np.dot(found, weights) / np.sum(weights))
