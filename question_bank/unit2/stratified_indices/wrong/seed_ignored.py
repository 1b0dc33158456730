"""Draws from a generator without the seed, so that no sample can be repeated.

Caught by: test_repeatable_and_random
"""

import math

import numpy as np


def stratified_indices(labels, share, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng()
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        count = max(1, math.floor(share * len(rows) + 0.5))
        chosen += rng.choice(rows, count, replace=False).tolist()
    return sorted(chosen)
