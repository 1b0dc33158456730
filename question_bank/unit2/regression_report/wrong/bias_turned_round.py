"""Takes actual less predicted for the bias.

Caught by: test_fresh_cases, test_worse_than_the_mean, test_columns
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.ravel(actual), np.ravel(predicted)
    errors = actual - predicted
    spread = np.sum((actual - np.mean(actual)) ** 2)
    constant = np.all(actual == actual[0])
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else float(1 - np.sum(errors**2) / spread),
    }
