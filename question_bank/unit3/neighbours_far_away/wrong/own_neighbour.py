"""Counts every point as its own nearest neighbour, at distance 0.

Caught by: test_example, test_neighbours, test_twins
"""

import numpy as np


def neighbour_distance(points, k=5):
    points = np.asarray(points)
    gaps = np.sqrt(np.sum((points[:, None, :] - points[None, :, :]) ** 2, axis=2))
    return np.sort(gaps, axis=1)[:, :k].mean(axis=1)


def stands_out(values, cut=3):
    above = np.asarray(values) - np.median(values)
    spread = 1.4826 * np.median(np.abs(above))
    return above > cut * spread
