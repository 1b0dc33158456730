import numpy as np
from sklearn.base import clone


def k_folds(n, k, seed):
    """Return k pairs of training rows and test rows; every row is a test row once."""
    shuffled = np.random.default_rng(seed).permutation(n)
    blocks = np.array_split(shuffled, k)
    return [(np.concatenate(blocks[:i] + blocks[i + 1 :]), blocks[i]) for i in range(k)]


def cross_validated(model, x, y, folds):
    """Return the accuracy of each fold, and the share of right predictions in all folds together."""
    right = []
    for train, test in folds:
        fitted = clone(model).fit(x[train], y[train])
        right.append(fitted.predict(x[test]) == y[test])
    accuracies = np.array([fold.mean() for fold in right])
    return accuracies, float(np.concatenate(right).mean())
