"""Lets a class vanish whose share rounds to 0 rows.

Caught by: test_halves_and_rare_classes
"""

import math

import numpy as np


def stratified_indices(labels, share, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        chosen += rng.choice(rows, math.floor(share * len(rows) + 0.5), replace=False).tolist()
    return sorted(chosen)
