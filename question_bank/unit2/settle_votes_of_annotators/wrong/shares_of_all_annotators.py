"""Divides by the number of annotators instead of by the number of votes that were given.

Caught by: test_one_note, test_fresh_shares, test_notes_without_a_vote
"""

import numpy as np


def vote_shares(votes, labels):
    shares = np.full((len(votes), len(labels)), np.nan)
    for row, given in enumerate(votes):
        if any(label is not None for label in given):
            shares[row] = [given.count(label) / len(given) for label in labels]
    return shares


def settle(shares, labels, sure):
    settled = []
    for row in shares:
        largest = max(row)
        clear = largest >= sure
        settled.append([label for label, share in zip(labels, row) if share == largest][-1] if clear else None)
    return settled
