"""Fits the model that was given instead of a clone.

Caught by: test_model_stays_unfitted
"""

import numpy as np


def hold_out_rows(n, share, seed):
    shuffled = np.random.default_rng(seed).permutation(n)
    size = min(max(round(share * n), 1), n - 1)
    return shuffled[size:], shuffled[:size]


def accuracy_on(model, x, y, train, test):
    model.fit(x[train], y[train])
    return float(np.mean(model.predict(x[test]) == y[test]))
