"""Walks down the sorted people one at a time, so tied people make several points in whatever order they stand.

Caught by: test_five_points, test_example_area, test_fresh_points, test_fresh_area, test_extreme_scores
"""

import numpy as np


def roc_points(actual, scores):
    actual = np.asarray(actual)[np.argsort(-np.asarray(scores), kind="stable")]
    tpr = np.cumsum(actual == 1) / np.sum(actual == 1)
    fpr = np.cumsum(actual == 0) / np.sum(actual == 0)
    return np.concatenate([[0.0], fpr]), np.concatenate([[0.0], tpr])


def area_under_roc(actual, scores):
    fpr, tpr = roc_points(actual, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
