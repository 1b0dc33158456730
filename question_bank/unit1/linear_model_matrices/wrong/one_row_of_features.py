"""Takes a one-dimensional list for one example with many features.

Caught by: test_matrix_example, test_fresh_matrices
"""

import numpy as np


def design_matrix(features):
    features = np.atleast_2d(np.asarray(features))
    return np.hstack([np.ones((len(features), 1)), features])


def predict(design, weights):
    return np.asarray(design) @ np.asarray(weights)


def mean_squared_error(design, target, weights):
    predicted = predict(design, weights)
    target = np.asarray(target)
    if predicted.ndim == 2:
        target = target[:, np.newaxis]
    return np.mean((predicted - target) ** 2, axis=0)
