"""Chooses by skewness alone and lets negative numbers go into the logarithm.

Caught by: test_four_numbers, test_chosen, test_logged
"""

import numpy as np


def skewness(values):
    values = values[~np.isnan(values)]
    if np.ptp(values) == 0:
        return 0.0
    deviations = values - np.mean(values)
    return float(np.mean(deviations**3) / np.mean(deviations**2) ** 1.5)


def choose_log(train, limit):
    return [name for name in train.columns if skewness(train[name]) > limit]


def log_columns(table, columns):
    with np.errstate(all="ignore"):
        return table.assign(**{name: np.log1p(table[name]) for name in columns})
