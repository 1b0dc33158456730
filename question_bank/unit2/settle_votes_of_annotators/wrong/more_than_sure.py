"""Asks for more than the share that is said to be enough.

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
        largest = max(row)
        ties = [label for label, share in zip(labels, row) if share == largest]
        settled.append(ties[-1] if largest > sure else None)
    return settled
