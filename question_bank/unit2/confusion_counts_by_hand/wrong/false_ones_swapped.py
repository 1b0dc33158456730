"""Takes a false negative for a false alarm: the two kinds of error are swapped.

Caught by: test_ten_people, test_fresh_labels, test_one_class_against_the_rest, test_empty_and_one_sided
"""

import numpy as np


def confusion_counts(actual, predicted, positive):
    ill = np.asarray(actual) == positive
    flagged = np.asarray(predicted) == positive
    return {
        "tp": int(np.sum(ill & flagged)),
        "fn": int(np.sum(~ill & flagged)),
        "fp": int(np.sum(ill & ~flagged)),
        "tn": int(np.sum(~ill & ~flagged)),
    }
