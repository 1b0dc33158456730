"""Takes the residuals without their sign, so that no group can be too low.

Caught by: test_four_rows, test_fresh_rows, test_groups_of_unlike_size, test_rows_with_the_same_x
"""

import numpy as np


def binned_residuals(x, residuals, bins):
    x, residuals = np.asarray(x), np.asarray(residuals)
    groups = np.array_split(np.argsort(x, kind="stable"), bins)
    centres = np.array([np.mean(x[group]) for group in groups])
    means = np.array([np.mean(np.abs(residuals[group])) for group in groups])
    spreads = np.array([np.std(residuals[group]) for group in groups])
    return centres, means, spreads
