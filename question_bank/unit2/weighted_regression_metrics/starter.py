import numpy as np


def errors_of(actual, predicted, runs=None):
    """Return {"mae": …, "mse": …, "rmse": …, "r2": …}, each row counted as often as `runs` says."""
    ...
