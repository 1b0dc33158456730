"""Lets the search score itself, by whatever it was told to score by.

Caught by: test_three_folds, test_fresh_search, test_another_search, test_summary
"""

import numpy as np
from sklearn.base import clone


def nested_cv(search, x, y, outer):
    result = {"outer": [], "inner": [], "chosen": []}
    for train, test in outer.split(x, y):
        found = clone(search).fit(x[train], y[train])
        result["outer"].append(float(found.score(x[test], y[test])))
        result["inner"].append(float(found.best_score_))
        result["chosen"].append(found.best_params_)
    chosen = result["chosen"]
    result["agreement"] = max(chosen.count(setting) for setting in chosen) / len(chosen)
    result["optimism"] = float(np.mean(result["inner"]) - np.mean(result["outer"]))
    return result
