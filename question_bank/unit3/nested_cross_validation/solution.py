import numpy as np
from sklearn.base import clone


def nested_cv(search, x, y, outer):
    """Return what a search achieves on rows that it never saw, and what it says of itself."""
    result = {"outer": [], "inner": [], "chosen": []}
    for train, test in outer.split(x, y):
        found = clone(search).fit(x[train], y[train])
        result["outer"].append(float(np.mean(found.predict(x[test]) == y[test])))
        result["inner"].append(float(found.best_score_))
        result["chosen"].append(found.best_params_)
    chosen = result["chosen"]
    result["agreement"] = max(chosen.count(setting) for setting in chosen) / len(chosen)
    result["optimism"] = float(np.mean(result["inner"]) - np.mean(result["outer"]))
    return result
