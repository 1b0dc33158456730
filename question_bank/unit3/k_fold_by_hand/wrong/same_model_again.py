"""Fits one and the same model in every fold, so that a model which goes on learning has seen the test rows.

Caught by: test_folds_do_not_talk
"""

import numpy as np


def k_folds(n, k, seed):
    blocks = np.array_split(np.random.default_rng(seed).permutation(n), k)
    return [(np.concatenate(blocks[:i] + blocks[i + 1 :]), blocks[i]) for i in range(k)]


def cross_validated(model, x, y, folds):
    right = []
    for train, test in folds:
        model.fit(x[train], y[train])
        right.append(model.predict(x[test]) == y[test])
    return np.array([fold.mean() for fold in right]), float(np.concatenate(right).mean())
