"""Takes the mean over all models together instead of one for each.

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
    predicted = predict(design, weights)
    target = np.asarray(target)
    if predicted.ndim == 2:
        target = target[:, np.newaxis]
    return np.mean((predicted - target) ** 2)
