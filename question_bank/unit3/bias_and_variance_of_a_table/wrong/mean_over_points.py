"""Takes the mean of each model over the points instead of the mean of the models.

Caught by: test_worked_example, test_bias, test_variance_and_error, test_worst_point, test_single_model_or_point
"""

import numpy as np


def bias_variance(predictions, truth):
    predictions, truth = np.asarray(predictions), np.asarray(truth)
    centre = np.full(truth.shape, predictions.mean())
    return {
        "bias2": float(np.mean((centre - truth) ** 2)),
        "variance": float(np.mean((predictions - centre) ** 2)),
        "error": float(np.mean((predictions - truth) ** 2)),
        "worst": int(np.argmax(np.abs(centre - truth))),
    }
