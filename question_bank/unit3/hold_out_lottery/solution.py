import numpy as np
from sklearn.base import clone


def hold_out_rows(n, share, seed):
    """Return the row numbers to train on and those to test on, as a tuple of arrays."""
    shuffled = np.random.default_rng(seed).permutation(n)
    size = min(max(round(share * n), 1), n - 1)
    return shuffled[size:], shuffled[:size]


def accuracy_on(model, x, y, train, test):
    """Return the accuracy on the test rows of a clone fitted on the training rows."""
    fitted = clone(model).fit(x[train], y[train])
    return float(np.mean(fitted.predict(x[test]) == y[test]))
