"""Takes the mean of no points, so a lonely centre turns into NaN and spoils the rest.

Caught by: test_lonely_centre
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
        history.append(float(np.sum((points - centres[labels]) ** 2)))
        if before is not None and np.array_equal(labels, before):
            break
        for cluster in range(len(centres)):
            centres[cluster] = points[labels == cluster].mean(axis=0)
    return labels, centres, history
