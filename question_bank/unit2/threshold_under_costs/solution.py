import numpy as np


def labels_at(scores, threshold):
    """Return 1 for every score that reaches the threshold and 0 for the others."""
    return (np.asarray(scores) >= threshold).astype(int)


def cheapest_threshold(actual, scores, cost_fn, cost_fp):
    """Return the threshold of least total cost and that cost, as a tuple."""
    actual = np.asarray(actual)
    best = None
    for threshold in [np.inf, *np.unique(scores)[::-1]]:
        flagged = labels_at(scores, threshold)
        missed = np.sum((actual == 1) & (flagged == 0))
        alarms = np.sum((actual == 0) & (flagged == 1))
        cost = float(cost_fn * missed + cost_fp * alarms)
        if best is None or cost < best[1]:
            best = float(threshold), cost
    return best
