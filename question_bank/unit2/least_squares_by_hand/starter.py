import numpy as np


def fit_ols(rows, target):
    """Return the intercept and the slopes with the least sum of squared errors."""
    ...


def predict(rows, intercept, slopes):
    """Return the prediction for every row."""
    ...
