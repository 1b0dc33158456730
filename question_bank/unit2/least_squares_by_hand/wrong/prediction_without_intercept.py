"""Leaves the intercept out of the prediction.

Caught by: test_three_points_on_a_line, test_fresh_predictions
"""

import numpy as np


def fit_ols(rows, target):
    design = np.column_stack([np.ones(len(rows)), rows])
    solution, *_ = np.linalg.lstsq(design, np.asarray(target, dtype=float), rcond=None)
    return float(solution[0]), solution[1:]


def predict(rows, intercept, slopes):
    return np.asarray(rows) @ np.asarray(slopes)
