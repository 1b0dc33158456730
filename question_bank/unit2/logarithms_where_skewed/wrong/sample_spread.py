"""Divides by a standard deviation with n - 1, as pandas does when nothing is said.

Caught by: test_four_numbers, test_skewness
"""

import numpy as np
import pandas as pd


def skewness(values):
    values = pd.Series(np.asarray(values)).dropna()
    if values.min() == values.max():
        return 0.0
    return float(((values - values.mean()) ** 3).mean() / values.std() ** 3)


def choose_log(train, limit):
    return [name for name in train.columns if train[name].min() >= 0 and skewness(train[name]) > limit]


def log_columns(table, columns):
    return table.assign(**{name: np.log1p(table[name].clip(lower=0)) for name in columns})
