"""Gives every stratum the same number of labels, however large it is.

Caught by: test_three_districts, test_fresh_budgets, test_levels_and_limits
"""

import numpy as np


def allocate(sizes, budget, least):
    given = {stratum: min(least, size) for stratum, size in sizes.items()}
    while sum(given.values()) < budget:
        open_strata = [stratum for stratum in sizes if given[stratum] < sizes[stratum]]
        poorest = min(open_strata, key=lambda stratum: given[stratum])
        given[poorest] += 1
    return given


def draw_strata(strata, counts, seed):
    strata = np.asarray(strata)
    lottery = np.random.default_rng(seed).random(len(strata))
    weight_of = {}
    for stratum, count in counts.items():
        members = np.flatnonzero(strata == stratum)
        for row in members[np.argsort(lottery[members])][:count]:
            weight_of[row] = len(members) / count
    rows = sorted(weight_of)
    return np.array(rows, dtype=int), np.array([weight_of[row] for row in rows], dtype=float)
