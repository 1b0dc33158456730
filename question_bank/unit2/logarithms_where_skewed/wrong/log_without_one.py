"""Takes log(x) and puts 0 where there is no logarithm, so that 0 and 1 become the same and values below 1 negative.

Caught by: test_four_numbers, test_logged
"""

import numpy as np


def skewness(values):
    values = values[~np.isnan(values)]
    if np.ptp(values) == 0:
        return 0.0
    return float(np.mean((values - np.mean(values)) ** 3) / np.mean((values - np.mean(values)) ** 2) ** 1.5)


def choose_log(train, limit):
    return [name for name in train.columns if train[name].min() >= 0 and skewness(train[name]) > limit]


def log_columns(table, columns):
    logged = {name: [np.log(x) if x > 0 else 0 * x for x in table[name]] for name in columns}
    return table.assign(**logged)
