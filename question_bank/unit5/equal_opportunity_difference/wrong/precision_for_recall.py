"""Conditions on the prediction instead of the actual class: that is predictive parity.

Caught by: test_worked_example, test_rates, test_difference, test_no_positives, test_nothing_to_compare
"""

import numpy as np


def equal_opportunity(y_true, y_pred, group):
    y_true, y_pred, group = np.asarray(y_true), np.asarray(y_pred), np.asarray(group)
    rates = {}
    for name in np.unique(group):
        chosen = y_true[(group == name) & (y_pred == 1)]
        rates[str(name)] = float(chosen.mean()) if len(chosen) else None
    known = [rate for rate in rates.values() if rate is not None]
    return {"rates": rates, "difference": max(known) - min(known) if len(known) > 1 else None}
