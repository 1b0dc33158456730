"""Lets every note drawn stand for the same number of notes, as in a plain random sample.

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
    weight_of = {}
    for stratum, count in counts.items():
        members = np.flatnonzero(strata == stratum)
        for row in members[np.argsort(lottery[members])][:count]:
            weight_of[row] = len(strata) / sum(counts.values())
    rows = sorted(weight_of)
    return np.array(rows, dtype=int), np.array([weight_of[row] for row in rows], dtype=float)
