"""Takes one over the number of labels for the agreement by chance.

Caught by: test_worked_example, test_observed_and_expected, test_kappa, test_labels_of_one_annotator, test_single_label
"""

import numpy as np


def cohen_kappa(first, second):
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    expected = 1 / len(np.union1d(first, second))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
