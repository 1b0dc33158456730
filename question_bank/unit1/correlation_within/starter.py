import numpy as np


def correlation(x, y):
    """Return Pearson's correlation of the pairs in which both are known, or nan."""
    ...


def correlations(table, x, y, group):
    """Return the correlation of all rows and of the rows of each group, by name."""
    ...
