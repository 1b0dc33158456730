"""Divides the true positives by everybody in the group instead of by its actual positives.

Caught by: test_worked_example, test_rates, test_difference, test_no_positives, test_nothing_to_compare
"""

import numpy as np


def equal_opportunity(y_true, y_pred, group):
    y_true, y_pred, group = np.asarray(y_true), np.asarray(y_pred), np.asarray(group)
    rates = {}
    for name in np.unique(group):
        member = group == name
        found = np.sum(member & (y_true == 1) & (y_pred == 1))
        rates[str(name)] = float(found / member.sum()) if y_true[member].any() else None
    known = [rate for rate in rates.values() if rate is not None]
    return {"rates": rates, "difference": max(known) - min(known) if len(known) > 1 else None}
