"""Returns a weight for each class instead of for each row.

Caught by: test_four_notes, test_fresh_weights
"""

import numpy as np


def balanced_row_weights(labels):
    classes, class_of_row, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * sizes)


def oversampled_rows(labels, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    classes, sizes = np.unique(labels, return_counts=True)
    rows = [np.arange(len(labels))]
    for label, size in zip(classes, sizes):
        rows.append(rng.choice(np.flatnonzero(labels == label), max(sizes) - size))
    return np.concatenate(rows)
