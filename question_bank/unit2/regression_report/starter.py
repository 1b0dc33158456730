import numpy as np


def regression_report(actual, predicted):
    """Return {"bias": …, "mae": …, "rmse": …, "r2": …} of predictions; "r2" is None where it is not defined."""
    # Your code here
    return {"bias": 0.0, "mae": 0.0, "rmse": 0.0, "r2": 0.0}
