"""Takes the mean of the accuracies where folds of unequal size were to be pooled.

Caught by: test_two_folds, test_fresh_accuracies, test_uneven_folds, test_folds_do_not_talk
"""

import numpy as np
from sklearn.base import clone


def k_folds(n, k, seed):
    blocks = np.array_split(np.random.default_rng(seed).permutation(n), k)
    return [(np.concatenate(blocks[:i] + blocks[i + 1 :]), blocks[i]) for i in range(k)]


def cross_validated(model, x, y, folds):
    right = []
    for train, test in folds:
        fitted = clone(model).fit(x[train], y[train])
        right.append(fitted.predict(x[test]) == y[test])
    accuracies = np.array([fold.mean() for fold in right])
    return accuracies, float(accuracies.mean())
