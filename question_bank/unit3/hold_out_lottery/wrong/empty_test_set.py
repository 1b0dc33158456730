"""Takes the share as it is, so that a side may be empty.

Caught by: test_no_side_is_empty
"""

import numpy as np
from sklearn.base import clone


def hold_out_rows(n, share, seed):
    shuffled = np.random.default_rng(seed).permutation(n)
    size = round(share * n)
    return shuffled[size:], shuffled[:size]


def accuracy_on(model, x, y, train, test):
    fitted = clone(model).fit(x[train], y[train])
    return float(np.mean(fitted.predict(x[test]) == y[test]))
