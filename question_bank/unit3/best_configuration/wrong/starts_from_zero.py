"""Begins the search for the best with a mean of 0, so scores below zero never win.

Caught by: test_ties_and_negative
"""

def best_settings(runs, metric, least=2):
    groups = {}
    for run in runs:
        if run["status"] == "finished" and metric in run["metrics"]:
            key = tuple(sorted(run["params"].items()))
            groups.setdefault(key, {})[run["seed"]] = run["metrics"][metric]
    best, top = None, 0.0
    for key, values in groups.items():
        mean = sum(values.values()) / len(values)
        if len(values) >= least and mean > top:
            top = mean
            best = {"params": dict(key), "mean": mean, "seeds": len(values)}
    return best
