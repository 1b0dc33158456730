"""Subtracts the arrays in the shapes in which they come, so that (n,) and (n, 1) give all pairs.

Caught by: test_columns
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.asarray(actual), np.asarray(predicted)
    errors = predicted - actual
    spread = np.sum((actual - np.mean(actual)) ** 2)
    constant = np.all(actual == actual[0])
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else float(1 - np.sum(errors**2) / spread),
    }
