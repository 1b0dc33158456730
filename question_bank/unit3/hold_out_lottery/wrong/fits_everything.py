"""Fits on all rows, the test rows included.

Caught by: test_four_lots, test_fresh_accuracy, test_model_stays_unfitted
"""

import numpy as np
from sklearn.base import clone


def hold_out_rows(n, share, seed):
    shuffled = np.random.default_rng(seed).permutation(n)
    size = min(max(round(share * n), 1), n - 1)
    return shuffled[size:], shuffled[:size]


def accuracy_on(model, x, y, train, test):
    fitted = clone(model).fit(x, y)
    return float(np.mean(fitted.predict(x[test]) == y[test]))
