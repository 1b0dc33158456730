"""Settles ties by the order of the models.

Caught by: test_ties
"""

import numpy as np


def weighted_vote(predictions, weights=None):
    predictions = np.asarray(predictions)
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights)
    winners, shares = [], []
    for votes in predictions.T:
        labels = list(dict.fromkeys(votes.tolist()))
        totals = [weights[votes == label].sum() for label in labels]
        best = int(np.argmax(totals))
        winners.append(labels[best])
        shares.append(float(totals[best] / weights.sum()))
    return winners, shares
