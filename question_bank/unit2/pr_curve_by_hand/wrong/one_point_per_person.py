"""Walks down the sorted people one at a time, so tied people are flagged in whatever order they stand.

Caught by: test_four_points, test_fresh_pr_points, test_fresh_average_precision, test_extreme_pr_scores
"""

import numpy as np


def pr_points(actual, scores):
    actual = np.asarray(actual)[np.argsort(-np.asarray(scores), kind="stable")]
    found = np.cumsum(actual == 1)
    return found / np.sum(actual == 1), found / np.arange(1, actual.size + 1)


def average_precision(actual, scores):
    recall, precision = pr_points(actual, scores)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))
