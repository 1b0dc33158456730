"""Puts the column of ones last and takes the first number for the intercept.

Caught by: test_three_points_on_a_line, test_fresh_fits, test_copied_columns, test_far_from_zero
"""

import numpy as np


def fit_ols(rows, target):
    design = np.column_stack([rows, np.ones(len(rows))])
    solution, *_ = np.linalg.lstsq(design, np.asarray(target, dtype=float), rcond=None)
    return float(solution[0]), solution[1:]


def predict(rows, intercept, slopes):
    return intercept + np.asarray(rows) @ np.asarray(slopes)
