import numpy as np
from sklearn.linear_model import LinearRegression


def learning_curve(rows, target, new_rows, new_target, sizes, repeats, seed):
    """Return the mean training and validation RMSE of least squares for each number of training rows."""
    ...
