"""Counts a note that somebody has not seen as one that this person finds harmless.

Caught by: test_ten_notes, test_notes_that_one_has_not_seen
"""

import numpy as np


def agreement_table(first, second, labels):
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for one, other in zip(first, second):
        table[labels.index(one or labels[0]), labels.index(other or labels[0])] += 1
    return table


def kappa_from_table(table, squared=False):
    table = np.asarray(table)
    apart = np.subtract.outer(np.arange(len(table)), np.arange(len(table)))
    price = apart**2 if squared else (apart != 0).astype(int)
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    if np.sum(price * by_chance) == 0:
        return float("nan")
    return float(1 - table.sum() * np.sum(price * table) / np.sum(price * by_chance))
