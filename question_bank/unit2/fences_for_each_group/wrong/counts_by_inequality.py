"""Counts as moved whatever is unequal before and after, and so each gap: NaN differs from itself.

Caught by: test_seven_harvests, test_clipped, test_moved
"""

import numpy as np


def learn_fences(values, groups, low, high, at_least):
    fences = {}
    for group in groups.unique():
        own = values[groups == group].dropna()
        lower, upper = np.nanpercentile(own if len(own) >= at_least else values, [low, high])
        fences[group] = float(lower), float(upper)
    return fences


def clip_to_fences(values, groups, fences):
    pairs = [fences.get(group, (-np.inf, np.inf)) for group in groups]
    lower, upper = np.array(pairs).T
    clipped = values.clip(lower, upper)
    changed = clipped != values
    return clipped, {group: int(changed[groups == group].sum()) for group in groups.unique()}
