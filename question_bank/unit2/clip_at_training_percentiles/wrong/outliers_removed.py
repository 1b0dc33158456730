"""Turns outliers into missing values instead of pulling them to the bound.

Caught by: test_worked_example, test_clipped_rows, test_missing_values, test_defaults_and_few_rows
"""

import numpy as np


def clip_at_training_percentiles(train, test, low=1, high=99):
    lower, upper = np.nanpercentile(train, [low, high], axis=0)
    inside_train = (train >= lower) & (train <= upper)
    inside_test = (test >= lower) & (test <= upper)
    return {
        "train": np.where(inside_train, train, np.nan),
        "test": np.where(inside_test, test, np.nan),
        "changed": [int(count) for count in np.sum(~inside_test & ~np.isnan(test), axis=0)],
    }
