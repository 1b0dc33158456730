"""Makes all folds n // k long, so that the last rows are never tested.

Caught by: test_five_rows, test_fresh_folds
"""

import numpy as np
from sklearn.base import clone


def k_folds(n, k, seed):
    shuffled = np.random.default_rng(seed).permutation(n)
    size = n // k
    blocks = [shuffled[i * size : (i + 1) * size] for i in range(k)]
    return [(np.setdiff1d(shuffled, block), block) for block in blocks]


def cross_validated(model, x, y, folds):
    right = []
    for train, test in folds:
        fitted = clone(model).fit(x[train], y[train])
        right.append(fitted.predict(x[test]) == y[test])
    return np.array([fold.mean() for fold in right]), float(np.concatenate(right).mean())
