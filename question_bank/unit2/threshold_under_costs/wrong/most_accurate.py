"""Picks the threshold with the fewest mistakes, as if both kinds cost the same, and prices it afterwards.

Caught by: test_cheapest_example, test_fresh_people, test_ties_and_nobody
"""

import numpy as np


def labels_at(scores, threshold):
    return (np.asarray(scores) >= threshold).astype(int)


def cheapest_threshold(actual, scores, cost_fn, cost_fp):
    actual = np.asarray(actual)
    candidates = [np.inf, *np.unique(scores)[::-1]]
    mistakes = [np.sum(labels_at(scores, threshold) != actual) for threshold in candidates]
    threshold = candidates[int(np.argmin(mistakes))]
    flagged = labels_at(scores, threshold)
    missed = np.sum((actual == 1) & (flagged == 0))
    alarms = np.sum((actual == 0) & (flagged == 1))
    return float(threshold), float(cost_fn * missed + cost_fp * alarms)
