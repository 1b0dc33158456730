import numpy as np


def permuted_drops(model, x, y, repeats, seed):
    """Return for each column how far the accuracy drops when it is permuted, once for each repeat."""
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
    """Return the names of the columns whose mean drop exceeds twice its standard deviation, the largest first."""
    means, deviations = np.mean(drops, axis=1), np.std(drops, axis=1, ddof=1)
    order = np.argsort(-means, kind="stable")
    return [names[j] for j in order if means[j] > 2 * deviations[j]]
