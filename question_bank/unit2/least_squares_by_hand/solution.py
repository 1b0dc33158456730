import numpy as np


def fit_ols(rows, target):
    """Return the intercept and the slopes with the least sum of squared errors."""
    design = np.column_stack([np.ones(len(rows)), rows])
    solution, *_ = np.linalg.lstsq(design, target, rcond=None)
    return float(solution[0]), solution[1:]


def predict(rows, intercept, slopes):
    """Return the prediction for every row."""
    return intercept + np.asarray(rows) @ np.asarray(slopes)
