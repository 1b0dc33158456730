"""Lets the threshold rise instead of come down: the curve runs backwards and its area is negative.

Caught by: test_five_points, test_example_area, test_fresh_points, test_fresh_area, test_extreme_scores
"""

import numpy as np


def roc_points(actual, scores):
    actual, scores = np.asarray(actual), np.asarray(scores)
    fpr, tpr = [], []
    for threshold in [*np.unique(scores), np.inf]:
        flagged = scores >= threshold
        fpr.append(np.sum(flagged & (actual == 0)) / np.sum(actual == 0))
        tpr.append(np.sum(flagged & (actual == 1)) / np.sum(actual == 1))
    return np.array(fpr), np.array(tpr)


def area_under_roc(actual, scores):
    fpr, tpr = roc_points(actual, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
