import numpy as np


def allocate(sizes, budget, least):
    """Return a dict from each stratum to the number of its notes that get a label."""
    given = {stratum: min(least, size) for stratum, size in sizes.items()}
    while sum(given.values()) < budget:
        poorest = min(sizes, key=lambda stratum: (given[stratum] / sizes[stratum], -sizes[stratum]))
        given[poorest] += 1
    return given


def draw_strata(strata, counts, seed):
    """Return the rows drawn, in increasing order, and how many notes each of them stands for."""
    strata = np.asarray(strata)
    lottery = np.random.default_rng(seed).random(len(strata))
    weight_of = {}
    for stratum, count in counts.items():
        members = np.flatnonzero(strata == stratum)
        for row in members[np.argsort(lottery[members])][:count]:
            weight_of[row] = len(members) / count
    rows = sorted(weight_of)
    return np.array(rows), np.array([weight_of[row] for row in rows])
