"""Averages the precisions of all thresholds alike, although some of them gain no recall.

Caught by: test_four_points, test_fresh_average_precision, test_extreme_pr_scores
"""

import numpy as np


def pr_points(actual, scores):
    actual, scores = np.asarray(actual), np.asarray(scores)
    recall, precision = [], []
    for threshold in np.unique(scores)[::-1]:
        flagged = scores >= threshold
        found = np.sum(flagged & (actual == 1))
        recall.append(found / np.sum(actual == 1))
        precision.append(found / np.sum(flagged))
    return np.array(recall), np.array(precision)


def average_precision(actual, scores):
    return float(np.mean(pr_points(actual, scores)[1]))
