import numpy as np
import pytest


def run(depth, rate, seed, status="finished", **metrics):
    """Make an entry of the log."""
    return {"params": {"depth": depth, "rate": rate}, "seed": seed, "status": status, "metrics": metrics}


def is_best(answer, depth, rate, values):
    """Tell whether the answer names these settings, with the mean of these values."""
    assert answer is not None, "there are settings with enough seeds"
    named = answer["params"] == {"depth": depth, "rate": rate}
    return named and answer["seeds"] == len(values) and answer["mean"] == pytest.approx(np.mean(values))


def around(rng, centre, count):
    """Draw values whose mean is near the centre but whose best is well above it."""
    return (centre + rng.permutation(np.linspace(-0.1, 0.1, count)) + rng.uniform(0, 0.005)).round(4).tolist()


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A lucky seed against two good ones."""
    runs = [
        {"params": {"depth": 3}, "seed": 1, "status": "finished", "metrics": {"auc": 0.90}},
        {"params": {"depth": 3}, "seed": 2, "status": "finished", "metrics": {"auc": 0.70}},
        {"params": {"depth": 5}, "seed": 1, "status": "finished", "metrics": {"auc": 0.82}},
        {"params": {"depth": 5}, "seed": 2, "status": "finished", "metrics": {"auc": 0.84}},
    ]
    best = student.best_settings(runs, "auc")
    assert best["params"] == {"depth": 5}
    assert best["mean"] == pytest.approx(0.83)
    assert best["seeds"] == 2
    assert student.best_settings(runs, "auc", 3) is None, "No settings were run with three seeds."


@pytest.mark.check(points=1)
def test_mean_over_seeds(student, rng):
    """Fresh logs in random order, in which the best single run belongs to other settings."""
    for metric in ("auc", "f1"):
        good, poor, lucky = around(rng, 0.75, 4), around(rng, 0.6, 3), [0.95, 0.4, 0.41]
        runs = [run(3, 0.1, seed, **{metric: value, "loss": 3.0}) for seed, value in enumerate(good)]
        runs += [run(3, 0.2, seed, **{metric: value}) for seed, value in enumerate(poor)]
        runs += [run(4, 0.1, seed, **{metric: value}) for seed, value in enumerate(lucky)]
        runs = [runs[place] for place in rng.permutation(len(runs))]
        assert is_best(student.best_settings(runs, metric), 3, 0.1, good)


@pytest.mark.check(points=1)
def test_runs_that_do_not_count(student, rng):
    """Runs that failed or are still running, runs without the metric, and settings with too few seeds."""
    good = around(rng, 0.7, 3)
    runs = [run(2, 0.5, seed, auc=value) for seed, value in enumerate(good)]
    runs += [run(2, 0.5, 8, "failed"), run(2, 0.5, 9, "running", auc=0.1), run(2, 0.5, 10, f1=0.2)]
    runs += [run(9, 0.5, 1, auc=0.99), run(9, 0.5, 2, "failed", auc=0.98), run(9, 0.5, 3, f1=0.97)]
    runs = [runs[place] for place in rng.permutation(len(runs))]
    assert is_best(student.best_settings(runs, "auc"), 2, 0.5, good)
    assert is_best(student.best_settings(runs, "auc", least=3), 2, 0.5, good)
    assert is_best(student.best_settings(runs, "auc", least=1), 9, 0.5, [0.99])
    assert student.best_settings(runs, "auc", least=4) is None


@pytest.mark.check(points=1)
def test_same_seed_again(student, rng):
    """Repeated seeds, of which the latest run counts, and keys in another order."""
    first, later = around(rng, 0.9, 3), around(rng, 0.5, 3)
    runs = [run(1, 0.3, seed, auc=value) for seed, value in enumerate(first)]
    runs += [run(1, 0.3, seed, auc=value) for seed, value in enumerate(later)]
    runs += [run(6, 0.3, 4, auc=0.97), run(6, 0.3, 4, auc=0.98)]
    assert is_best(student.best_settings(runs, "auc"), 1, 0.3, later)
    turned = {**run(1, 0.3, 5, auc=0.55), "params": {"rate": 0.3, "depth": 1}}
    assert is_best(student.best_settings([*runs, turned], "auc"), 1, 0.3, [*later, 0.55])


@pytest.mark.check(points=1)
def test_ties_and_negative(student, rng):
    """Equal means, means below zero, and an empty log."""
    value = float(rng.integers(2, 9))
    runs = [run(7, 0.1, 1, score=-value), run(5, 0.1, 1, score=-value - 1), run(5, 0.1, 2, score=1 - value)]
    runs += [run(7, 0.1, 2, score=-value), run(6, 0.1, 1, score=-value - 1), run(6, 0.1, 2, score=-value - 1)]
    assert is_best(student.best_settings(runs, "score"), 7, 0.1, [-value, -value])
    assert is_best(student.best_settings(runs[::-1], "score"), 7, 0.1, [-value, -value])
    assert is_best(student.best_settings(runs[1:], "score"), 5, 0.1, [-value - 1, 1 - value])
    assert student.best_settings([], "score") is None
