"""Counts the labels of each annotator apart, and pairs the counts by their order instead of by label.

Caught by: test_labels_of_one_annotator, test_single_label
"""

import numpy as np


def cohen_kappa(first, second):
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    one, other = (np.unique(labelled, return_counts=True)[1] / len(labelled) for labelled in (first, second))
    expected = float(sum(p * q for p, q in zip(one, other)))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
