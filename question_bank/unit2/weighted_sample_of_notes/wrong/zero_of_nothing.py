"""Claims that there are no hazards where nothing was drawn.

Caught by: test_share_of_the_whole
"""

import numpy as np


def inclusion_chances(weights, drawn):
    weights = np.asarray(weights, dtype=float)
    sure = np.zeros(len(weights), dtype=bool)
    while True:
        left = drawn - np.sum(sure)
        chances = np.where(sure, 1.0, left * weights / np.sum(weights[~sure]))
        if np.max(chances) <= 1:
            return chances
        sure = sure | (chances > 1)


def draw_weighted(chances, seed):
    numbers = np.random.default_rng(seed).random(len(chances))
    return np.flatnonzero(numbers < np.asarray(chances))


def estimated_share(found, weights):
    if len(found) == 0:
        return 0.0
    return float(np.dot(found, weights) / np.sum(weights))
