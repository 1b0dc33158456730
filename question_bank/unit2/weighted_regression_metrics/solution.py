import numpy as np


def errors_of(actual, predicted, runs=None):
    """Return {"mae": …, "mse": …, "rmse": …, "r2": …}, each row counted as often as `runs` says."""
    actual, predicted = np.asarray(actual), np.asarray(predicted)
    errors = actual - predicted
    mse = np.average(errors**2, weights=runs)
    spread = np.average((actual - np.average(actual, weights=runs)) ** 2, weights=runs)
    return {
        "mae": float(np.average(np.abs(errors), weights=runs)),
        "mse": float(mse),
        "rmse": float(np.sqrt(mse)),
        "r2": float(1 - mse / spread) if np.ptp(actual) > 0 else float("nan"),
    }
