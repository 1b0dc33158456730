"""Takes percentiles with the missing values in, so that the bounds become NaN.

Caught by: test_missing_values, test_changed_values
"""

import numpy as np


def clip_at_training_percentiles(train, test, low=1, high=99):
    lower, upper = np.percentile(train, [low, high], axis=0)
    changed = np.sum((test < lower) | (test > upper), axis=0)
    return {
        "train": np.clip(train, lower, upper),
        "test": np.clip(test, lower, upper),
        "changed": [int(count) for count in changed],
    }
