"""Starts at the first score and forgets the point where nobody is flagged.

Caught by: test_five_points, test_fresh_points, test_extreme_scores
"""

import numpy as np


def roc_points(actual, scores):
    actual, scores = np.asarray(actual), np.asarray(scores)
    fpr, tpr = [], []
    for threshold in np.unique(scores)[::-1]:
        flagged = scores >= threshold
        fpr.append(np.sum(flagged & (actual == 0)) / np.sum(actual == 0))
        tpr.append(np.sum(flagged & (actual == 1)) / np.sum(actual == 1))
    return np.array(fpr), np.array(tpr)


def area_under_roc(actual, scores):
    fpr, tpr = roc_points(actual, scores)
    fpr, tpr = np.concatenate([[0.0], fpr]), np.concatenate([[0.0], tpr])
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
