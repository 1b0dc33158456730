"""Takes the mean of the groups' correlations for that of all rows.

Caught by: test_two_nets, test_fresh_groups
"""

import numpy as np


def correlation(x, y):
    pairs = np.column_stack([x, y])
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    from_mean = pairs - pairs.mean(axis=0)
    products = from_mean.T @ from_mean
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return float(products[0, 1] / np.sqrt(products[0, 0] * products[1, 1]))



def correlations(table, x, y, group):
    result = {"all": correlation(table[x], table[y])}
    for name, part in table.groupby(group):
        result[name] = correlation(part[x], part[y])
    result["all"] = float(np.nanmean([r for name, r in result.items() if name != "all"]))
    return result
