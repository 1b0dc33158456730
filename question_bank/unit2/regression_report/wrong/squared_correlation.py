"""Takes the squared correlation for R², which is blind to a shift or a reversed order.

Caught by: test_worked_example, test_fresh_cases, test_worse_than_the_mean, test_columns, test_equal_values
"""

import numpy as np


def regression_report(actual, predicted):
    actual, predicted = np.ravel(actual), np.ravel(predicted)
    errors = predicted - actual
    constant = np.all(actual == actual[0])
    return {
        "bias": float(np.mean(errors)),
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": None if constant else float(np.corrcoef(actual, predicted)[0, 1] ** 2),
    }
