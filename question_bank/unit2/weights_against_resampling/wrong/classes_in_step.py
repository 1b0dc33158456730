"""Starts the generator again for each class, so that all classes are drawn in step.

Caught by: test_luck_and_seed
"""

import numpy as np


def balanced_row_weights(labels):
    classes, class_of_row, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * sizes[class_of_row])


def oversampled_rows(labels, seed):
    labels = np.asarray(labels)
    classes, sizes = np.unique(labels, return_counts=True)
    rows = [np.arange(len(labels))]
    for label, size in zip(classes, sizes):
        rng = np.random.default_rng(seed)
        rows.append(rng.choice(np.flatnonzero(labels == label), max(sizes) - size))
    return np.concatenate(rows)
