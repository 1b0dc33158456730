"""Gives a group without actual positives the rate 0, and so finds a gap that nobody observed.

Caught by: test_no_positives, test_nothing_to_compare
"""

import numpy as np


def equal_opportunity(y_true, y_pred, group):
    y_true, y_pred, group = np.asarray(y_true), np.asarray(y_pred), np.asarray(group)
    rates = {}
    for name in np.unique(group):
        found = y_pred[(group == name) & (y_true == 1)]
        rates[str(name)] = float(found.mean()) if len(found) else 0.0
    return {"rates": rates, "difference": max(rates.values()) - min(rates.values())}
