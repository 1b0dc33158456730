import numpy as np


def neighbour_distance(points, k=5):
    """Return, for every point, the mean distance to its k nearest other points."""
    ...


def stands_out(values, cut=3):
    """Tell which values are exceptionally large, measured by median and MAD."""
    ...
