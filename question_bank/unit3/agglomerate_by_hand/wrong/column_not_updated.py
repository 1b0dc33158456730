"""Writes the new distances into the row of the joined cluster but not into its column.

Caught by: test_single, test_complete, test_average, test_first_and_last
"""

import numpy as np


def agglomerate(points, k, linkage="complete"):
    points = np.asarray(points)
    gaps = np.sqrt(np.sum((points[:, None, :] - points[None, :, :]) ** 2, axis=2))
    np.fill_diagonal(gaps, np.inf)
    clusters = [[row] for row in range(len(points))]
    heights = []
    while len(clusters) > k:
        a, b = np.unravel_index(np.argmin(gaps), gaps.shape)  # the first smallest entry, so a < b
        heights.append(float(gaps[a, b]))
        if linkage == "single":
            joined = np.minimum(gaps[a], gaps[b])
        elif linkage == "complete":
            joined = np.maximum(gaps[a], gaps[b])
        else:
            joined = np.average(gaps[[a, b]], axis=0, weights=[len(clusters[a]), len(clusters[b])])
        joined[a] = np.inf
        gaps[a, :] = joined
        gaps = np.delete(np.delete(gaps, b, axis=0), b, axis=1)
        clusters[a] += clusters.pop(b)
    labels = np.zeros(len(points), dtype=int)
    for label, members in enumerate(clusters):
        labels[members] = label
    return labels, heights
