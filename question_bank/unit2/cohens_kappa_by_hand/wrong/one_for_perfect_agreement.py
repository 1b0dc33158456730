"""Takes perfect agreement for a kappa of 1, even where chance alone would give it.

Caught by: test_single_label
"""

import numpy as np


def cohen_kappa(first, second):
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    expected = float(sum(np.mean(first == label) * np.mean(second == label) for label in np.unique(first)))
    kappa = 1.0 if observed == 1 else (observed - expected) / (1 - expected)
    return {"observed": observed, "expected": expected, "kappa": kappa}
