import numpy as np


def roc_points(actual, scores):
    """Return the false and the true positive rates as the threshold comes down, as two arrays."""
    ...


def area_under_roc(actual, scores):
    """Return the area under the ROC curve by the trapezium rule."""
    ...
