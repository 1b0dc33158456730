"""Charges the price of a missed case for a false alarm, and the other way round.

Caught by: test_cheapest_example, test_fresh_people, test_ties_and_nobody
"""

import numpy as np


def labels_at(scores, threshold):
    return (np.asarray(scores) >= threshold).astype(int)


def cheapest_threshold(actual, scores, cost_fn, cost_fp):
    actual = np.asarray(actual)
    best = None
    for threshold in [np.inf, *np.unique(scores)[::-1]]:
        flagged = labels_at(scores, threshold)
        missed = np.sum((actual == 1) & (flagged == 0))
        alarms = np.sum((actual == 0) & (flagged == 1))
        cost = float(cost_fp * missed + cost_fn * alarms)
        if best is None or cost < best[1]:
            best = float(threshold), cost
    return best
