"""Draws with replacement, so that a row may come twice.

Caught by: test_sizes, test_halves_and_rare_classes, test_classes_drawn_apart
"""

import math

import numpy as np


def stratified_indices(labels, share, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        count = max(1, math.floor(share * len(rows) + 0.5))
        chosen += rng.choice(rows, count).tolist()
    return sorted(chosen)
