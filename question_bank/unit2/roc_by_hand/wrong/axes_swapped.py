"""Returns the true positive rate first, so the curve is mirrored and the area is that above it.

Caught by: test_five_points, test_example_area, test_fresh_points, test_fresh_area, test_extreme_scores
"""

import numpy as np


def roc_points(actual, scores):
    actual, scores = np.asarray(actual), np.asarray(scores)
    fpr, tpr = [0.0], [0.0]
    for threshold in np.unique(scores)[::-1]:
        flagged = scores >= threshold
        fpr.append(np.sum(flagged & (actual == 0)) / np.sum(actual == 0))
        tpr.append(np.sum(flagged & (actual == 1)) / np.sum(actual == 1))
    return np.array(tpr), np.array(fpr)


def area_under_roc(actual, scores):
    fpr, tpr = roc_points(actual, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
