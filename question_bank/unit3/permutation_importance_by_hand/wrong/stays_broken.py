"""Permutes the columns in the array that was given, so that all of them are broken in the end.

Caught by: test_unused_column, test_fresh_drops, test_one_at_a_time
"""

import numpy as np


def permuted_drops(model, x, y, repeats, seed):
    generator = np.random.default_rng(seed)
    untouched = np.mean(model.predict(x) == y)
    drops = np.zeros((x.shape[1], repeats))
    for j in range(x.shape[1]):
        for r in range(repeats):
            broken = x
            broken[:, j] = generator.permutation(x[:, j])
            drops[j, r] = untouched - np.mean(model.predict(broken) == y)
    return drops


def stands_out(names, drops):
    means, deviations = np.mean(drops, axis=1), np.std(drops, axis=1, ddof=1)
    order = np.argsort(-means, kind="stable")
    return [names[j] for j in order if means[j] > 2 * deviations[j]]
