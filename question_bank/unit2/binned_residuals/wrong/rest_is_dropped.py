"""Makes groups of n // bins rows and drops the largest x that are left over.

Caught by: test_groups_of_unlike_size, test_rows_with_the_same_x
"""

import numpy as np


def binned_residuals(x, residuals, bins):
    x, residuals = np.asarray(x), np.asarray(residuals)
    order = np.argsort(x, kind="stable")
    size = len(x) // bins
    groups = [order[start * size : (start + 1) * size] for start in range(bins)]
    centres = np.array([np.mean(x[group]) for group in groups])
    means = np.array([np.mean(residuals[group]) for group in groups])
    spreads = np.array([np.std(residuals[group]) for group in groups])
    return centres, means, spreads
