"""Sorts pairs, so that rows with the same x are ordered by their residual.

Caught by: test_rows_with_the_same_x
"""

import numpy as np


def binned_residuals(x, residuals, bins):
    rows = sorted(zip(x, residuals))
    x, residuals = (np.array(column) for column in zip(*rows))
    groups = np.array_split(np.arange(len(x)), bins)
    centres = np.array([np.mean(x[group]) for group in groups])
    means = np.array([np.mean(residuals[group]) for group in groups])
    spreads = np.array([np.std(residuals[group]) for group in groups])
    return centres, means, spreads
