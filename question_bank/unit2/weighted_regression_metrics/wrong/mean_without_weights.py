"""Compares with the plain mean, although the rows count differently.

Caught by: test_three_trips, test_rows_that_count_differently, test_worse_than_the_mean
"""

import numpy as np


def errors_of(actual, predicted, runs=None):
    actual = np.asarray(actual, dtype=float)
    errors = actual - np.asarray(predicted)
    if runs is None:
        runs = np.ones(len(actual))
    mse = np.average(errors**2, weights=runs)
    spread = np.average((actual - actual.mean()) ** 2, weights=runs)
    return {
        "mae": float(np.average(np.abs(errors), weights=runs)),
        "mse": float(mse),
        "rmse": float(np.sqrt(mse)),
        "r2": float(1 - mse / spread) if np.ptp(actual) > 0 else float("nan"),
    }
