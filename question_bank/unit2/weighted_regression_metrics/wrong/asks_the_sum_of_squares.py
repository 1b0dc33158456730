"""Asks whether the spread is exactly 0, which rounding spoils for values such as 0.1.

Caught by: test_nothing_to_explain
"""

import numpy as np


def errors_of(actual, predicted, runs=None):
    actual = np.asarray(actual, dtype=float)
    errors = actual - np.asarray(predicted)
    if runs is None:
        runs = np.ones(len(actual))
    mse = np.average(errors**2, weights=runs)
    spread = np.average((actual - np.average(actual, weights=runs)) ** 2, weights=runs)
    return {
        "mae": float(np.average(np.abs(errors), weights=runs)),
        "mse": float(mse),
        "rmse": float(np.sqrt(mse)),
        "r2": float(1 - mse / spread) if spread > 0 else float("nan"),
    }
