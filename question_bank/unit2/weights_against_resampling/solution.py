import numpy as np


def balanced_row_weights(labels):
    """Return a weight for each row such that all classes weigh the same in sum."""
    classes, class_of_row, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * sizes[class_of_row])


def oversampled_rows(labels, seed):
    """Return the positions of all rows, followed by extra ones of every class that is smaller than the largest."""
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    classes, sizes = np.unique(labels, return_counts=True)
    rows = [np.arange(len(labels))]
    for label, size in zip(classes, sizes):
        rows.append(rng.choice(np.flatnonzero(labels == label), max(sizes) - size))
    return np.concatenate(rows)
