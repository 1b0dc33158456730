"""Adds the point of recall 0 and precision 1, which no threshold gives.

Caught by: test_four_points, test_fresh_pr_points, test_extreme_pr_scores
"""

import numpy as np


def pr_points(actual, scores):
    actual, scores = np.asarray(actual), np.asarray(scores)
    recall, precision = [0.0], [1.0]
    for threshold in np.unique(scores)[::-1]:
        flagged = scores >= threshold
        found = np.sum(flagged & (actual == 1))
        recall.append(found / np.sum(actual == 1))
        precision.append(found / np.sum(flagged))
    return np.array(recall), np.array(precision)


def average_precision(actual, scores):
    recall, precision = pr_points(actual, scores)
    return float(np.sum(np.diff(recall) * precision[1:]))
