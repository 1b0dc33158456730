"""Pools the labels of both annotators before taking their shares (Scott's pi).

Caught by: test_observed_and_expected, test_kappa, test_labels_of_one_annotator, test_single_label
"""

import numpy as np


def cohen_kappa(first, second):
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    _, counts = np.unique(np.concatenate([first, second]), return_counts=True)
    expected = float(np.sum((counts / counts.sum()) ** 2))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
