"""Counts runs whatever their status.

Caught by: test_runs_that_do_not_count
"""

def best_settings(runs, metric, least=2):
    groups = {}
    for run in runs:
        if metric in run["metrics"]:
            key = tuple(sorted(run["params"].items()))
            groups.setdefault(key, {})[run["seed"]] = run["metrics"][metric]
    best = None
    for key, values in groups.items():
        mean = sum(values.values()) / len(values)
        if len(values) >= least and (best is None or mean > best["mean"]):
            best = {"params": dict(key), "mean": mean, "seeds": len(values)}
    return best
