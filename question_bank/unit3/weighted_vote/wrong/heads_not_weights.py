"""Counts heads and ignores the weights.

Caught by: test_worked_example, test_labels, test_shares, test_ties, test_small
"""

import numpy as np


def weighted_vote(predictions, weights=None):
    predictions = np.asarray(predictions)
    weights = np.ones(len(predictions)) if weights is not None else np.ones(len(predictions))
    winners, shares = [], []
    for votes in predictions.T:
        labels = np.unique(votes).tolist()  # sorted
        totals = [weights[votes == label].sum() for label in labels]
        best = int(np.argmax(totals))
        winners.append(labels[best])
        shares.append(float(totals[best] / weights.sum()))
    return winners, shares
