import numpy as np
from sklearn.base import clone


def out_of_fold(models, x, y, folds):
    """Return each model's probability of a 1 for each row, from a fit that did not see the row."""
    ...


def stacked(models, final, x, y, x_new, folds):
    """Return the labels that a stack of the models gives to new rows."""
    ...
