import numpy as np


def confusion_counts(actual, predicted, positive):
    """Count true positives, false negatives, false positives and true negatives.

    Returns a dict with the keys "tp", "fn", "fp" and "tn".
    """
    ill = np.asarray(actual) == positive
    flagged = np.asarray(predicted) == positive
    return {
        "tp": int(np.sum(ill & flagged)),
        "fn": int(np.sum(ill & ~flagged)),
        "fp": int(np.sum(~ill & flagged)),
        "tn": int(np.sum(~ill & ~flagged)),
    }
