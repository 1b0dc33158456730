"""Rounds each stratum's proportional share; the numbers need not add up to the budget, or exceed a stratum.

Caught by: test_three_districts, test_fresh_budgets, test_levels_and_limits
"""

import numpy as np


def allocate(sizes, budget, least):
    total = sum(sizes.values())
    return {stratum: max(least, round(budget * size / total)) for stratum, size in sizes.items()}


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
