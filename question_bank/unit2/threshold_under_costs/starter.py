import numpy as np


def labels_at(scores, threshold):
    """Return 1 for every score that reaches the threshold and 0 for the others."""
    ...


def cheapest_threshold(actual, scores, cost_fn, cost_fp):
    """Return the threshold of least total cost and that cost, as a tuple."""
    ...
