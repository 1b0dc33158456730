"""Prices a disagreement by its distance and forgets the square.

Caught by: test_ten_notes, test_weighted_kappa
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
    apart = np.subtract.outer(np.arange(len(table)), np.arange(len(table)))
    price = np.abs(apart) if squared else (apart != 0).astype(int)
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    if np.sum(price * by_chance) == 0:
        return float("nan")
    return float(1 - table.sum() * np.sum(price * table) / np.sum(price * by_chance))
