"""Sorts the rows and leaves the weights in the order of the strata.

Caught by: test_a_small_draw, test_fresh_draws, test_whole_and_absent_strata
"""

import numpy as np


def allocate(sizes, budget, least):
    given = {stratum: min(least, size) for stratum, size in sizes.items()}
    while sum(given.values()) < budget:
        poorest = min(sizes, key=lambda stratum: (given[stratum] / sizes[stratum], -sizes[stratum]))
        given[poorest] += 1
    return given


def draw_strata(strata, counts, seed):
    strata = np.asarray(strata)
    lottery = np.random.default_rng(seed).random(len(strata))
    rows, weights = [], []
    for stratum, count in counts.items():
        members = np.flatnonzero(strata == stratum)
        rows += members[np.argsort(lottery[members])][:count].tolist()
        weights += [len(members) / count] * count if count else []
    return np.array(sorted(rows), dtype=int), np.array(weights)
