import numpy as np


def equal_opportunity(y_true, y_pred, group):
    """Return {"rates": true positive rate of each group, "difference": largest minus smallest rate}."""
    y_true, y_pred, group = np.asarray(y_true), np.asarray(y_pred), np.asarray(group)
    rates = {}
    for name in np.unique(group):
        found = y_pred[(group == name) & (y_true == 1)]
        rates[str(name)] = float(found.mean()) if len(found) else None
    known = [rate for rate in rates.values() if rate is not None]
    return {"rates": rates, "difference": max(known) - min(known) if len(known) > 1 else None}
