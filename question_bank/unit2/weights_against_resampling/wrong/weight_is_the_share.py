"""Weighs each row by the share of its class, which makes the common class louder still.

Caught by: test_four_notes, test_fresh_weights
"""

import numpy as np


def balanced_row_weights(labels):
    classes, class_of_row, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return sizes[class_of_row] / len(labels)


def oversampled_rows(labels, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    classes, sizes = np.unique(labels, return_counts=True)
    rows = [np.arange(len(labels))]
    for label, size in zip(classes, sizes):
        rows.append(rng.choice(np.flatnonzero(labels == label), max(sizes) - size))
    return np.concatenate(rows)
