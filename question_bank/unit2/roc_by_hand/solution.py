import numpy as np


def roc_points(actual, scores):
    """Return the false and the true positive rates as the threshold comes down, as two arrays."""
    ill = np.asarray(actual) == 1
    scores = np.asarray(scores)
    thresholds = np.unique(scores)[::-1]
    flagged = scores >= thresholds[:, np.newaxis]  # one row per threshold, one column per person
    fpr = (flagged & ~ill).sum(axis=1) / np.sum(~ill)
    tpr = (flagged & ill).sum(axis=1) / np.sum(ill)
    return np.concatenate([[0.0], fpr]), np.concatenate([[0.0], tpr])


def area_under_roc(actual, scores):
    """Return the area under the ROC curve by the trapezium rule."""
    fpr, tpr = roc_points(actual, scores)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))
