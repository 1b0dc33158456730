"""Puts the column of ones after the features, so the intercept's weight would have to come last.

Caught by: test_matrix_example, test_fresh_matrices
"""

import numpy as np


def design_matrix(features):
    features = np.asarray(features)
    if features.ndim == 1:
        features = features[:, np.newaxis]
    return np.hstack([features, np.ones((len(features), 1))])


def predict(design, weights):
    return np.asarray(design) @ np.asarray(weights)


def mean_squared_error(design, target, weights):
    predicted = predict(design, weights)
    target = np.asarray(target)
    if predicted.ndim == 2:
        target = target[:, np.newaxis]
    return np.mean((predicted - target) ** 2, axis=0)
