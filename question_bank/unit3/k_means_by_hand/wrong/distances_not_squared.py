"""Sums the distances for the inertia instead of their squares.

Caught by: test_rounds_example, test_until_it_stops, test_few_rounds, test_lonely_centre
"""

import numpy as np


def nearest_centre(points, centres):
    points, centres = np.asarray(points), np.asarray(centres)
    squared = np.sum((points[:, None, :] - centres[None, :, :]) ** 2, axis=2)
    return np.argmin(squared, axis=1)


def k_means(points, centres, max_rounds=100):
    points, centres = np.asarray(points), np.array(centres, dtype=float)
    labels, history = None, []
    for _ in range(max_rounds):
        before, labels = labels, nearest_centre(points, centres)
        history.append(float(np.sum(np.sqrt(np.sum((points - centres[labels]) ** 2, axis=1)))))
        if before is not None and np.array_equal(labels, before):
            break
        for cluster in set(labels):  # a centre without points is not among them, and stays
            centres[cluster] = points[labels == cluster].mean(axis=0)
    return labels, centres, history
