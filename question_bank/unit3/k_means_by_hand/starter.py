import numpy as np


def nearest_centre(points, centres):
    """Return, for every point, the row number of the centre nearest to it."""
    ...


def k_means(points, centres, max_rounds=100):
    """Return the labels, the centres and the inertia of every round of Lloyd's algorithm."""
    ...
