"""Takes the size of the skewness for the skewness, and so logs columns with a tail to the left, too.

Caught by: test_skewness, test_chosen
"""

import numpy as np


def skewness(values):
    values = values[~np.isnan(values)]
    if np.ptp(values) == 0:
        return 0.0
    deviations = values - np.mean(values)
    return abs(float(np.mean(deviations**3) / np.mean(deviations**2) ** 1.5))


def choose_log(train, limit):
    return [name for name in train.columns if train[name].min() >= 0 and skewness(train[name]) > limit]


def log_columns(table, columns):
    return table.assign(**{name: np.log1p(table[name].clip(lower=0)) for name in columns})
