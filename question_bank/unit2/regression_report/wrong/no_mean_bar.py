"""Divides by the sum of the squared values instead of their squared distances from the mean.

Caught by: test_worked_example, test_fresh_cases, test_worse_than_the_mean, test_columns, test_equal_values
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.ravel(actual), np.ravel(predicted)
    errors = predicted - actual
    spread = np.sum(actual**2)
    constant = np.all(actual == actual[0])
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else float(1 - np.sum(errors**2) / spread),
    }
