"""Measures by mean and standard deviation, which the outliers themselves inflate.

Caught by: test_example, test_fresh_values, test_edges
"""

import numpy as np


def neighbour_distance(points, k=5):
    points = np.asarray(points)
    gaps = np.sqrt(np.sum((points[:, None, :] - points[None, :, :]) ** 2, axis=2))
    np.fill_diagonal(gaps, np.inf)  # nobody is their own neighbour
    return np.sort(gaps, axis=1)[:, :k].mean(axis=1)


def stands_out(values, cut=3):
    above = np.asarray(values) - np.mean(values)
    spread = np.std(values)
    return above > cut * spread
