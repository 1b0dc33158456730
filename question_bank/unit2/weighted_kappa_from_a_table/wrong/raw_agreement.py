"""Returns the share of notes on which both agree, without asking what chance would give.

Caught by: test_ten_notes, test_plain_kappa, test_weighted_kappa, test_unknown_kappa
"""

import numpy as np


def agreement_table(first, second, labels):
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for one, other in zip(first, second):
        if one is not None and other is not None:
            table[labels.index(one), labels.index(other)] += 1
    return table


def kappa_from_table(table, squared=False):
    table = np.asarray(table)
    if table.sum() == 0:
        return float("nan")
    return float(np.trace(table) / table.sum())
