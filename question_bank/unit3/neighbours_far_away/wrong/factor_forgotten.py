"""Forgets the factor 1.4826.

Caught by: test_example, test_fresh_values, test_edges
"""

import numpy as np


def neighbour_distance(points, k=5):
    points = np.asarray(points)
    gaps = np.sqrt(np.sum((points[:, None, :] - points[None, :, :]) ** 2, axis=2))
    np.fill_diagonal(gaps, np.inf)  # nobody is their own neighbour
    return np.sort(gaps, axis=1)[:, :k].mean(axis=1)


def stands_out(values, cut=3):
    above = np.asarray(values) - np.median(values)
    spread = np.median(np.abs(above))
    return above > cut * spread
