"""Sorts x but leaves the residuals in their old order.

Caught by: test_four_rows, test_fresh_rows, test_groups_of_unlike_size, test_rows_with_the_same_x
"""

import numpy as np


def binned_residuals(x, residuals, bins):
    x, residuals = np.asarray(x), np.asarray(residuals)
    groups = np.array_split(np.arange(len(x)), bins)
    order = np.sort(x)
    return (
        np.array([order[group].mean() for group in groups]),
        np.array([residuals[group].mean() for group in groups]),
        np.array([residuals[group].std() for group in groups]),
    )
