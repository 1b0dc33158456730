"""Cuts the range of x into pieces of equal width, whatever number of rows they hold.

Caught by: test_fresh_rows, test_groups_of_unlike_size, test_rows_with_the_same_x
"""

import numpy as np


def binned_residuals(x, residuals, bins):
    x, residuals = np.asarray(x, dtype=float), np.asarray(residuals, dtype=float)
    edges = np.linspace(x.min(), x.max(), bins + 1)
    number = np.clip(np.digitize(x, edges) - 1, 0, bins - 1)
    groups = [np.flatnonzero(number == group) for group in range(bins)]
    return (
        np.array([np.sum(x[group]) / max(len(group), 1) for group in groups]),
        np.array([np.sum(residuals[group]) / max(len(group), 1) for group in groups]),
        np.array([np.std(residuals[group]) if len(group) else 0.0 for group in groups]),
    )
