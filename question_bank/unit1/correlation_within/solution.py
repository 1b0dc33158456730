import numpy as np


def correlation(x, y):
    """Return Pearson's correlation of the pairs in which both are known, or nan."""
    pairs = np.column_stack([x, y])
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    from_mean = pairs - pairs.mean(axis=0)
    products = from_mean.T @ from_mean
    with np.errstate(invalid="ignore"):  # 0 / 0 is nan, which is what we want to say
        return float(products[0, 1] / np.sqrt(products[0, 0] * products[1, 1]))



def correlations(table, x, y, group):
    """Return the correlation of all rows and of the rows of each group, by name."""
    result = {"all": correlation(table[x], table[y])}
    for name, part in table.groupby(group):
        result[name] = correlation(part[x], part[y])
    return result
