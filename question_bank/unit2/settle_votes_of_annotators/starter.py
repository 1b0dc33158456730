import numpy as np


def vote_shares(votes, labels):
    """Return an array with the share of each label (columns) among the votes for each note (rows)."""
    ...


def settle(shares, labels, sure):
    """Return the label of each note, or None where the votes do not settle it."""
    ...
