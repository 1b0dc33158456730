"""Draws every class anew with replacement, so that rows of the data get lost by chance.

Caught by: test_four_notes, test_fresh_rows, test_nothing_lacks, test_luck_and_seed
"""

import numpy as np


def balanced_row_weights(labels):
    classes, class_of_row, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * sizes[class_of_row])


def oversampled_rows(labels, seed):
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    classes, sizes = np.unique(labels, return_counts=True)
    return np.concatenate([rng.choice(np.flatnonzero(labels == label), max(sizes)) for label in classes])
