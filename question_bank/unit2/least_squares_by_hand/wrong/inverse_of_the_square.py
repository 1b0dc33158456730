"""Inverts X'X, which has no inverse where columns say the same and loses digits far from zero.

Caught by: test_copied_columns, test_far_from_zero
"""

import numpy as np


def fit_ols(rows, target):
    design = np.column_stack([np.ones(len(rows)), rows])
    solution = np.linalg.inv(design.T @ design) @ design.T @ np.asarray(target, dtype=float)
    return float(solution[0]), solution[1:]


def predict(rows, intercept, slopes):
    return intercept + np.asarray(rows) @ np.asarray(slopes)
