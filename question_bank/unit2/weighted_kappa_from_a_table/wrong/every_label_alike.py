"""Takes chance to spread the notes evenly over all cells, instead of by the habits of the two people.

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
    size = len(table)
    apart = np.subtract.outer(np.arange(size), np.arange(size))
    price = apart**2 if squared else (apart != 0).astype(int)
    if table.sum() == 0:
        return float("nan")
    by_chance = np.full((size, size), table.sum() / size**2)
    return float(1 - np.sum(price * table) / np.sum(price * by_chance))
