"""Reports by how much the agreement exceeds chance, without dividing by what could be gained.

Caught by: test_worked_example, test_kappa, test_labels_of_one_annotator, test_single_label
"""

import numpy as np


def cohen_kappa(first, second):
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    expected = float(sum(np.mean(first == label) * np.mean(second == label) for label in np.unique(first)))
    kappa = observed - expected if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
