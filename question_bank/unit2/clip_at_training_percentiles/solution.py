import numpy as np


def clip_at_training_percentiles(train, test, low=1, high=99):
    """Return {"train": clipped rows, "test": clipped rows, "changed": changed test values in each column}."""
    lower, upper = np.nanpercentile(train, [low, high], axis=0)
    changed = np.sum((test < lower) | (test > upper), axis=0)
    return {
        "train": np.clip(train, lower, upper),
        "test": np.clip(test, lower, upper),
        "changed": [int(count) for count in changed],
    }
