"""Compares the mean with one standard deviation.

Caught by: test_cold_stands_out, test_fresh_ranking
"""

import numpy as np


def permuted_drops(model, x, y, repeats, seed):
    generator = np.random.default_rng(seed)
    untouched = np.mean(model.predict(x) == y)
    drops = np.zeros((x.shape[1], repeats))
    for j in range(x.shape[1]):
        for r in range(repeats):
            broken = x.copy()
            broken[:, j] = generator.permutation(x[:, j])
            drops[j, r] = untouched - np.mean(model.predict(broken) == y)
    return drops


def stands_out(names, drops):
    means, deviations = np.mean(drops, axis=1), np.std(drops, axis=1, ddof=1)
    order = np.argsort(-means, kind="stable")
    return [names[j] for j in order if means[j] > deviations[j]]
