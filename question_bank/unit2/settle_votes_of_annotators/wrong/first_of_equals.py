"""Lets argmax decide a tie, which takes the first and so the most harmless label.

Caught by: test_one_note, test_ties_and_bounds
"""

import numpy as np


def vote_shares(votes, labels):
    shares = np.full((len(votes), len(labels)), np.nan)
    for row, given in enumerate(votes):
        given = [label for label in given if label is not None]
        if given:
            shares[row] = [given.count(label) / len(given) for label in labels]
    return shares


def settle(shares, labels, sure):
    settled = []
    for row in np.asarray(shares):
        if np.isnan(row).any() or row.max() < sure:
            settled.append(None)
        else:
            settled.append(labels[int(np.argmax(row))])
    return settled
