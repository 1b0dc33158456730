"""Measures the distance to the middle of all points instead of to neighbours.

Caught by: test_example, test_neighbours, test_twins
"""

import numpy as np


def neighbour_distance(points, k=5):
    points = np.asarray(points)
    return np.sqrt(np.sum((points - points.mean(axis=0)) ** 2, axis=1))


def stands_out(values, cut=3):
    above = np.asarray(values) - np.median(values)
    spread = 1.4826 * np.median(np.abs(above))
    return above > cut * spread
