import numpy as np
from sklearn.base import clone


def k_folds(n, k, seed):
    """Return k pairs of training rows and test rows; every row is a test row once."""
    ...


def cross_validated(model, x, y, folds):
    """Return the accuracy of each fold, and the share of right predictions in all folds together."""
    ...
