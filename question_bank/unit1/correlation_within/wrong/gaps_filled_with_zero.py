"""Puts 0 where a value is missing.

Caught by: test_four_pairs, test_fresh_columns, test_no_answer, test_fresh_groups
"""

import numpy as np


def correlation(x, y):
    pairs = np.nan_to_num(np.column_stack([x, y]))
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    from_mean = pairs - pairs.mean(axis=0)
    products = from_mean.T @ from_mean
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return float(products[0, 1] / np.sqrt(products[0, 0] * products[1, 1]))



def correlations(table, x, y, group):
    result = {"all": correlation(table[x], table[y])}
    for name, part in table.groupby(group):
        result[name] = correlation(part[x], part[y])
    return result
