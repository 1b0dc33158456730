"""Counts changes by comparing before with after, so that each missing value counts.

Caught by: test_worked_example, test_changed_values
"""

import numpy as np


def clip_at_training_percentiles(train, test, low=1, high=99):
    lower, upper = np.nanpercentile(train, [low, high], axis=0)
    clipped = np.clip(test, lower, upper)
    changed = [int(count) for count in np.sum(clipped != test, axis=0)]
    return {"train": np.clip(train, lower, upper), "test": clipped, "changed": changed}
