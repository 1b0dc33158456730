"""Compares a whole list with one label, which is a single False and not one answer per person.

Caught by: test_ten_people, test_fresh_labels, test_one_class_against_the_rest, test_empty_and_one_sided
"""

import numpy as np


def confusion_counts(actual, predicted, positive):
    return {
        "tp": int(np.sum((actual == positive) & (predicted == positive))),
        "fn": int(np.sum((actual == positive) & (predicted != positive))),
        "fp": int(np.sum((actual != positive) & (predicted == positive))),
        "tn": int(np.sum((actual != positive) & (predicted != positive))),
    }
