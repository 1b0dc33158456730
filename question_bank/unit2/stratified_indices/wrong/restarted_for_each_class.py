"""Makes a new generator for each class, so that classes of equal size are drawn in step.

Caught by: test_classes_drawn_apart
"""

import math

import numpy as np


def stratified_indices(labels, share, seed):
    labels = np.asarray(labels)
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        count = max(1, math.floor(share * len(rows) + 0.5))
        chosen += np.random.default_rng(seed).choice(rows, count, replace=False).tolist()
    return sorted(chosen)
