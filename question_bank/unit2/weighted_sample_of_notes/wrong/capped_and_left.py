"""Caps the chances at 1 and does not deal out what is left, so the sample becomes smaller than planned.

Caught by: test_four_notes, test_chances_that_are_capped
"""

import numpy as np


def inclusion_chances(weights, drawn):
    weights = np.asarray(weights, dtype=float)
    return np.minimum(1, drawn * weights / weights.sum())


def draw_weighted(chances, seed):
    numbers = np.random.default_rng(seed).random(len(chances))
    return np.flatnonzero(numbers < np.asarray(chances))


def estimated_share(found, weights):
    if len(found) == 0:
        return float("nan")
    return float(np.dot(found, weights) / np.sum(weights))
