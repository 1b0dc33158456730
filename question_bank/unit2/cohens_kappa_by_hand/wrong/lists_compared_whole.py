"""Compares the arguments with == as they come; two lists are compared as a whole.

Caught by: test_worked_example, test_kappa
"""

import numpy as np


def cohen_kappa(first, second):
    observed = float(np.mean(first == second))
    labels = set(first) | set(second)
    share = [[np.mean([one == label for one in labelled]) for label in labels] for labelled in (first, second)]
    expected = float(np.dot(*share))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
