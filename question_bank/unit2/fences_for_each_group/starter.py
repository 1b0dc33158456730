import numpy as np
import pandas as pd


def learn_fences(values, groups, low, high, at_least):
    """Return the lower and the upper fence of each group, as a dictionary of tuples."""
    ...


def clip_to_fences(values, groups, fences):
    """Return the values clipped to the fences of their groups, and how many were moved in each group."""
    ...
