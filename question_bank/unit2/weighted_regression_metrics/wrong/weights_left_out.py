"""Takes the weights but does not use them.

Caught by: test_three_trips, test_rows_that_count_differently, test_worse_than_the_mean
"""

import numpy as np


def errors_of(actual, predicted, runs=None):
    actual = np.asarray(actual, dtype=float)
    errors = actual - np.asarray(predicted)
    mse = np.mean(errors**2)
    return {
        "mae": float(np.mean(np.abs(errors))),
        "mse": float(mse),
        "rmse": float(np.sqrt(mse)),
        "r2": float(1 - mse / np.var(actual)) if np.ptp(actual) > 0 else float("nan"),
    }
