import numpy as np


def neighbour_distance(points, k=5):
    """Return, for every point, the mean distance to its k nearest other points."""
    points = np.asarray(points)
    gaps = np.sqrt(np.sum((points[:, None, :] - points[None, :, :]) ** 2, axis=2))
    np.fill_diagonal(gaps, np.inf)  # nobody is their own neighbour
    return np.sort(gaps, axis=1)[:, :k].mean(axis=1)


def stands_out(values, cut=3):
    """Tell which values are exceptionally large, measured by median and MAD."""
    above = np.asarray(values) - np.median(values)
    spread = 1.4826 * np.median(np.abs(above))
    return above > cut * spread
