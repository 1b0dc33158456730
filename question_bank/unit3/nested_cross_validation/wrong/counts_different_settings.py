"""Counts how many different settings were chosen instead of how often the commonest was.

Caught by: test_summary
"""

import numpy as np
from sklearn.base import clone


def nested_cv(search, x, y, outer):
    result = {"outer": [], "inner": [], "chosen": []}
    for train, test in outer.split(x, y):
        found = clone(search).fit(x[train], y[train])
        result["outer"].append(float(np.mean(found.predict(x[test]) == y[test])))
        result["inner"].append(float(found.best_score_))
        result["chosen"].append(found.best_params_)
    chosen = result["chosen"]
    result["agreement"] = len({str(setting) for setting in chosen}) / len(chosen)
    result["optimism"] = float(np.mean(result["inner"]) - np.mean(result["outer"]))
    return result
