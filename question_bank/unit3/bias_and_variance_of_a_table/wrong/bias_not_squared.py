"""Returns the mean absolute bias.

Caught by: test_bias, test_single_model_or_point
"""

import numpy as np


def bias_variance(predictions, truth):
    predictions, truth = np.asarray(predictions), np.asarray(truth)
    centre = predictions.mean(axis=0)
    return {
        "bias2": float(np.mean(np.abs(centre - truth))),
        "variance": float(np.mean((predictions - centre) ** 2)),
        "error": float(np.mean((predictions - truth) ** 2)),
        "worst": int(np.argmax(np.abs(centre - truth))),
    }
