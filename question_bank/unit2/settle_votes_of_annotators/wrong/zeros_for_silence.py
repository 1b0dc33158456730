"""Gives a note without votes shares of 0, which says that all labels were turned down.

Caught by: test_notes_without_a_vote
"""

import numpy as np


def vote_shares(votes, labels):
    shares = np.zeros((len(votes), len(labels)))
    for row, given in enumerate(votes):
        given = [label for label in given if label is not None]
        shares[row] = [given.count(label) / max(len(given), 1) for label in labels]
    return shares


def settle(shares, labels, sure):
    settled = []
    for row in shares:
        largest = max(row)
        clear = largest >= sure
        settled.append([label for label, share in zip(labels, row) if share == largest][-1] if clear else None)
    return settled
