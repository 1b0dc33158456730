import numpy as np


def bias_variance(predictions, truth):
    """Return {"bias2": squared bias, "variance": variance, "error": mean squared error, "worst": number of a point}."""
    predictions, truth = np.asarray(predictions), np.asarray(truth)
    centre = predictions.mean(axis=0)
    return {
        "bias2": float(np.mean((centre - truth) ** 2)),
        "variance": float(np.mean((predictions - centre) ** 2)),
        "error": float(np.mean((predictions - truth) ** 2)),
        "worst": int(np.argmax(np.abs(centre - truth))),
    }
