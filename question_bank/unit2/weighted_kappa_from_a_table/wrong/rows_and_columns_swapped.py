"""Puts the second annotator into the rows.

Caught by: test_ten_notes, test_fresh_tables, test_notes_that_one_has_not_seen
"""

import numpy as np


def agreement_table(first, second, labels):
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for one, other in zip(first, second):
        if one is not None and other is not None:
            table[labels.index(other), labels.index(one)] += 1
    return table


def kappa_from_table(table, squared=False):
    table = np.asarray(table)
    apart = np.subtract.outer(np.arange(len(table)), np.arange(len(table)))
    price = apart**2 if squared else (apart != 0).astype(int)
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    if np.sum(price * by_chance) == 0:
        return float("nan")
    return float(1 - table.sum() * np.sum(price * table) / np.sum(price * by_chance))
