"""Takes the squared correlation for R², which forgives any shift and scale and is never below 0.

Caught by: test_three_trips, test_every_row_once, test_rows_that_count_differently, test_worse_than_the_mean, test_nothing_to_explain
"""

import numpy as np


def errors_of(actual, predicted, runs=None):
    actual = np.asarray(actual, dtype=float)
    errors = actual - np.asarray(predicted)
    if runs is None:
        runs = np.ones(len(actual))
    mse = np.average(errors**2, weights=runs)
    return {
        "mae": float(np.average(np.abs(errors), weights=runs)),
        "mse": float(mse),
        "rmse": float(np.sqrt(mse)),
        "r2": float(np.corrcoef(actual, predicted)[0, 1] ** 2) if np.ptp(actual) > 0 else float("nan"),
    }
