"""Blanks what lies outside the fences instead of moving it to the fence.

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
    outside = (values < lower) | (values > upper)
    return values.mask(outside), {group: int(outside[groups == group].sum()) for group in groups.unique()}
