import numpy as np


def weighted_vote(predictions, weights=None):
    """Return the winning label of every row, and its share of the weights, as two lists."""
    predictions = np.asarray(predictions)
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights)
    winners, shares = [], []
    for votes in predictions.T:
        labels = np.unique(votes).tolist()  # sorted
        totals = [weights[votes == label].sum() for label in labels]
        best = int(np.argmax(totals))
        winners.append(labels[best])
        shares.append(float(totals[best] / weights.sum()))
    return winners, shares
