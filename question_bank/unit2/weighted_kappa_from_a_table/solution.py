import numpy as np


def agreement_table(first, second, labels):
    """Count the notes for each pair of labels: rows are the first annotator's, columns the second's."""
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for one, other in zip(first, second):
        if one is not None and other is not None:
            table[labels.index(one), labels.index(other)] += 1
    return table


def kappa_from_table(table, squared=False):
    """Compute Cohen's kappa from a table of counts, plain or with squared prices."""
    table = np.asarray(table)
    apart = np.subtract.outer(np.arange(len(table)), np.arange(len(table)))
    price = apart**2 if squared else (apart != 0).astype(int)
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0))  # n times what the formula calls E
    paid, expected = int(np.sum(price * table)), int(np.sum(price * by_chance))
    return 1 - int(table.sum()) * paid / expected if expected else float("nan")
