"""Takes the last of several labels with the same total.

Caught by: test_ties
"""

import numpy as np


def weighted_vote(predictions, weights=None):
    predictions = np.asarray(predictions)
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights)
    winners, shares = [], []
    for votes in predictions.T:
        labels = np.unique(votes).tolist()  # sorted
        totals = [weights[votes == label].sum() for label in labels]
        best = len(totals) - 1 - int(np.argmax(totals[::-1]))
        winners.append(labels[best])
        shares.append(float(totals[best] / weights.sum()))
    return winners, shares
