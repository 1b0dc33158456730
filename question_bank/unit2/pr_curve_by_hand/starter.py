import numpy as np


def pr_points(actual, scores):
    """Return recall and precision as the threshold comes down, as two arrays."""
    ...


def average_precision(actual, scores):
    """Return the precisions' mean, each weighted by the recall gained at its threshold."""
    ...
