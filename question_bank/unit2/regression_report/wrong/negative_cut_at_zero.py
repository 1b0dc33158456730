"""Cuts R² off at 0, taking it for the square of something.

Caught by: test_worse_than_the_mean, test_equal_values
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.ravel(actual), np.ravel(predicted)
    errors = predicted - actual
    spread = np.sum((actual - np.mean(actual)) ** 2)
    constant = np.all(actual == actual[0])
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else max(0.0, float(1 - np.sum(errors**2) / spread)),
    }
