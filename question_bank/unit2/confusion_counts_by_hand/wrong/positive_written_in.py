"""Ignores the argument `positive` and always looks for "Disease".

Caught by: test_fresh_labels, test_one_class_against_the_rest
"""

import numpy as np


def confusion_counts(actual, predicted, positive):
    ill = np.asarray(actual) == "Disease"
    flagged = np.asarray(predicted) == "Disease"
    return {
        "tp": int(np.sum(ill & flagged)),
        "fn": int(np.sum(ill & ~flagged)),
        "fp": int(np.sum(~ill & flagged)),
        "tn": int(np.sum(~ill & ~flagged)),
    }
