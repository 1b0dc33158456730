import numpy as np
import pandas as pd


def learn_fences(values, groups, low, high, at_least):
    """Return the lower and the upper fence of each group, as a dictionary of tuples."""
    fences = {}
    for group in groups.unique():
        own = values[groups == group].dropna()
        numbers = own if len(own) >= at_least else values.dropna()
        lower, upper = np.percentile(numbers, [low, high])
        fences[group] = float(lower), float(upper)
    return fences


def clip_to_fences(values, groups, fences):
    """Return the values clipped to the fences of their groups, and how many were moved in each group."""
    pairs = [fences.get(group, (-np.inf, np.inf)) for group in groups]
    lower, upper = np.array(pairs).T
    outside = (values < lower) | (values > upper)
    moved = {group: int(outside[groups == group].sum()) for group in groups.unique()}
    return values.clip(lower, upper), moved
