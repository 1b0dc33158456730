"""Looks for the largest difference with its sign.

Caught by: test_worked_example, test_worst_point
"""

import numpy as np


def bias_variance(predictions, truth):
    predictions, truth = np.asarray(predictions), np.asarray(truth)
    centre = predictions.mean(axis=0)
    return {
        "bias2": float(np.mean((centre - truth) ** 2)),
        "variance": float(np.mean((predictions - centre) ** 2)),
        "error": float(np.mean((predictions - truth) ** 2)),
        "worst": int(np.argmax(centre - truth)),
    }
