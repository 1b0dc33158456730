"""Takes a repeated seed for further evidence.

Caught by: test_same_seed_again
"""

def best_settings(runs, metric, least=2):
    groups = {}
    for run in runs:
        if run["status"] == "finished" and metric in run["metrics"]:
            key = tuple(sorted(run["params"].items()))
            values = groups.setdefault(key, {})
            values[len(values)] = run["metrics"][metric]
    best = None
    for key, values in groups.items():
        mean = sum(values.values()) / len(values)
        if len(values) >= least and (best is None or mean > best["mean"]):
            best = {"params": dict(key), "mean": mean, "seeds": len(values)}
    return best
