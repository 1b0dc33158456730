"""Forgets the column of ones, so that the line is forced through the origin.

Caught by: test_three_points_on_a_line, test_fresh_fits, test_copied_columns, test_far_from_zero
"""

import numpy as np


def fit_ols(rows, target):
    slopes, *_ = np.linalg.lstsq(np.asarray(rows, dtype=float), np.asarray(target, dtype=float), rcond=None)
    return 0.0, slopes


def predict(rows, intercept, slopes):
    return intercept + np.asarray(rows) @ np.asarray(slopes)
