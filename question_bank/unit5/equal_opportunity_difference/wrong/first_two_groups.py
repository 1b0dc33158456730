"""Compares the first two groups in the order of their names, as if there were never a third.

Caught by: test_difference
"""

import numpy as np


def equal_opportunity(y_true, y_pred, group):
    y_true, y_pred, group = np.asarray(y_true), np.asarray(y_pred), np.asarray(group)
    rates = {}
    for name in np.unique(group):
        found = y_pred[(group == name) & (y_true == 1)]
        rates[str(name)] = float(found.mean()) if len(found) else None
    known = [rate for rate in rates.values() if rate is not None]
    return {"rates": rates, "difference": abs(known[0] - known[1]) if len(known) > 1 else None}
