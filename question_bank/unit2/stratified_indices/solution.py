import math

import numpy as np


def stratified_indices(labels, share, seed):
    """Return the positions of a stratified sample of the rows, in increasing order."""
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        count = max(1, math.floor(share * len(rows) + 0.5))
        chosen += rng.choice(rows, count, replace=False).tolist()
    return sorted(chosen)
