"""Subtracts the target from the matrix of predictions as it is, so that it is laid along the rows or does not fit.

Caught by: test_error_example, test_error_of_several_models
"""

import numpy as np


def design_matrix(features):
    features = np.asarray(features)
    if features.ndim == 1:
        features = features[:, np.newaxis]
    return np.hstack([np.ones((len(features), 1)), features])


def predict(design, weights):
    return np.asarray(design) @ np.asarray(weights)


def mean_squared_error(design, target, weights):
    return np.mean((predict(design, weights) - np.asarray(target)) ** 2, axis=0)
