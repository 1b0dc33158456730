import numpy as np


def clip_at_training_percentiles(train, test, low=1, high=99):
    """Return {"train": clipped rows, "test": clipped rows, "changed": changed test values in each column}."""
    # Your code here
    return {"train": train, "test": test, "changed": []}
