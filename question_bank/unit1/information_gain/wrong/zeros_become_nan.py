"""Takes the logarithm of zero, which spreads as NaN.

Caught by: test_pure_answers, test_empty_rows_and_columns
"""

import numpy as np


def bits(counts):
    shares = counts / counts.sum()
    return float(np.sum(shares * -np.log2(shares)))


def information_gain(table):
    table = np.asarray(table)
    before = bits(table.sum(axis=0))
    after = sum(row.sum() / table.sum() * bits(row) for row in table)
    return {"before": before, "gain": before - after}
