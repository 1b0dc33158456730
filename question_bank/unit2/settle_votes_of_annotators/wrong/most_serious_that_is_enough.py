"""Returns the most serious label with a large enough share, even if another has more votes.

Caught by: test_notes_without_a_vote, test_fresh_notes_settled
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
        reached = [label for label, share in zip(labels, row) if share >= sure]
        settled.append(reached[-1] if reached else None)
    return settled
