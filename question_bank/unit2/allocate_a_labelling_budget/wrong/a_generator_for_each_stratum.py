"""Makes a new generator with the same seed for each stratum, so that all strata are drawn in step.

Caught by: test_fresh_draws, test_whole_and_absent_strata
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
    weight_of = {}
    for stratum, count in counts.items():
        members = np.flatnonzero(strata == stratum)
        lottery = np.random.default_rng(seed).random(len(members))
        for row in members[np.argsort(lottery)][:count]:
            weight_of[row] = len(members) / count
    rows = sorted(weight_of)
    return np.array(rows, dtype=int), np.array([weight_of[row] for row in rows], dtype=float)
