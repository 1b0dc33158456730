"""Searches once on all rows, and cross-validates the winner: the outer test rows have helped to choose it.

Caught by: test_three_folds, test_fresh_search, test_another_search, test_summary
"""

import numpy as np
from sklearn.base import clone


def nested_cv(search, x, y, outer):
    result = {"outer": [], "inner": [], "chosen": []}
    whole = clone(search).fit(x, y)
    for train, test in outer.split(x, y):
        found = clone(whole.best_estimator_).fit(x[train], y[train])
        result["outer"].append(float(np.mean(found.predict(x[test]) == y[test])))
        result["inner"].append(float(whole.best_score_))
        result["chosen"].append(whole.best_params_)
    chosen = result["chosen"]
    result["agreement"] = max(chosen.count(setting) for setting in chosen) / len(chosen)
    result["optimism"] = float(np.mean(result["inner"]) - np.mean(result["outer"]))
    return result
