"""Asks whether the sum of squares is 0, which it is not for 0.1, 0.1, … because the mean is rounded.

Caught by: test_equal_values
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.ravel(actual), np.ravel(predicted)
    errors = predicted - actual
    spread = np.sum((actual - np.mean(actual)) ** 2)
    constant = spread == 0
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else float(1 - np.sum(errors**2) / spread),
    }
