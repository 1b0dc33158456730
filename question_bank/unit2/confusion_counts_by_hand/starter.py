import numpy as np


def confusion_counts(actual, predicted, positive):
    """Count true positives, false negatives, false positives and true negatives.

    Returns a dict with the keys "tp", "fn", "fp" and "tn".
    """
    ...
