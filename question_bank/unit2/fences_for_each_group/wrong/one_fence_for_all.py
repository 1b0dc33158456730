"""Uses the percentiles of the whole column in each group.

Caught by: test_seven_harvests, test_own_fences, test_small_groups
"""

import numpy as np


def learn_fences(values, groups, low, high, at_least):
    lower, upper = np.nanpercentile(values, [low, high])
    return {group: (float(lower), float(upper)) for group in groups.unique()}


def clip_to_fences(values, groups, fences):
    pairs = [fences.get(group, (-np.inf, np.inf)) for group in groups]
    lower, upper = np.array(pairs).T
    outside = (values < lower) | (values > upper)
    return values.clip(lower, upper), {group: int(outside[groups == group].sum()) for group in groups.unique()}
