"""Takes the settings of the best single run.

Caught by: test_worked_example, test_mean_over_seeds, test_runs_that_do_not_count, test_same_seed_again, test_ties_and_negative
"""

def best_settings(runs, metric, least=2):
    groups = {}
    for run in runs:
        if run["status"] == "finished" and metric in run["metrics"]:
            key = tuple(sorted(run["params"].items()))
            groups.setdefault(key, {})[run["seed"]] = run["metrics"][metric]
    best = None
    for key, values in groups.items():
        mean = max(values.values())
        if len(values) >= least and (best is None or mean > best["mean"]):
            best = {"params": dict(key), "mean": mean, "seeds": len(values)}
    return best
