"""Deals the rows out like cards without a shuffle: a file with a rhythm of k rows gives folds of one kind.

Caught by: test_five_rows, test_fresh_folds
"""

import numpy as np
from sklearn.base import clone


def k_folds(n, k, seed):
    rows = np.arange(n)
    return [(rows[rows % k != i], rows[rows % k == i]) for i in range(k)]


def cross_validated(model, x, y, folds):
    right = []
    for train, test in folds:
        fitted = clone(model).fit(x[train], y[train])
        right.append(fitted.predict(x[test]) == y[test])
    return np.array([fold.mean() for fold in right]), float(np.concatenate(right).mean())
