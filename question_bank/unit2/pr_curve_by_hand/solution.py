import numpy as np


def pr_points(actual, scores):
    """Return recall and precision as the threshold comes down, as two arrays."""
    ill = np.asarray(actual) == 1
    scores = np.asarray(scores)
    thresholds = np.unique(scores)[::-1]
    flagged = scores >= thresholds[:, np.newaxis]  # one row per threshold, one column per person
    found = (flagged & ill).sum(axis=1)
    return found / np.sum(ill), found / flagged.sum(axis=1)


def average_precision(actual, scores):
    """Return the precisions' mean, each weighted by the recall gained at its threshold."""
    recall, precision = pr_points(actual, scores)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))
