"""Counts rows instead of numbers, so that a group of gaps passes for a large one.

Caught by: test_small_groups
"""

import numpy as np


def learn_fences(values, groups, low, high, at_least):
    fences = {}
    for group in groups.unique():
        own = values[groups == group]
        lower, upper = np.nanpercentile(own if len(own) >= at_least else values, [low, high])
        fences[group] = float(lower), float(upper)
    return fences


def clip_to_fences(values, groups, fences):
    pairs = [fences.get(group, (-np.inf, np.inf)) for group in groups]
    lower, upper = np.array(pairs).T
    outside = (values < lower) | (values > upper)
    return values.clip(lower, upper), {group: int(outside[groups == group].sum()) for group in groups.unique()}
