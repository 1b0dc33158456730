import numpy as np


def vote_shares(votes, labels):
    """Return an array with the share of each label (columns) among the votes for each note (rows)."""
    shares = np.full((len(votes), len(labels)), np.nan)
    for row, given in enumerate(votes):
        given = [label for label in given if label is not None]
        if given:
            shares[row] = [given.count(label) / len(given) for label in labels]
    return shares


def settle(shares, labels, sure):
    """Return the label of each note, or None where the votes do not settle it."""
    settled = []
    for row in shares:
        largest = max(row)
        clear = largest >= sure  # False for nan
        settled.append([label for label, share in zip(labels, row) if share == largest][-1] if clear else None)
    return settled
