"""Does not ask for a minimum number of seeds.

Caught by: test_worked_example, test_runs_that_do_not_count, test_same_seed_again
"""

def best_settings(runs, metric, least=2):
    groups = {}
    for run in runs:
        if run["status"] == "finished" and metric in run["metrics"]:
            key = tuple(sorted(run["params"].items()))
            groups.setdefault(key, {})[run["seed"]] = run["metrics"][metric]
    best = None
    for key, values in groups.items():
        mean = sum(values.values()) / len(values)
        if best is None or mean > best["mean"]:
            best = {"params": dict(key), "mean": mean, "seeds": len(values)}
    return best
