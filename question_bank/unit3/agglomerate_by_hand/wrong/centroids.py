"""Measures the distance between the means of the clusters, whatever the linkage.

Caught by: test_heights_example, test_labels_example, test_single, test_complete, test_average, test_first_and_last
"""

import numpy as np


def agglomerate(points, k, linkage="complete"):
    points = np.asarray(points)
    clusters = [[row] for row in range(len(points))]
    heights = []
    while len(clusters) > k:
        pairs = {}
        for a in range(len(clusters)):
            for b in range(a + 1, len(clusters)):
                apart = points[clusters[a]].mean(axis=0) - points[clusters[b]].mean(axis=0)
                pairs[a, b] = float(np.sqrt(np.sum(apart**2)))
        a, b = min(pairs, key=pairs.get)
        heights.append(pairs[a, b])
        clusters[a] += clusters.pop(b)
    labels = np.zeros(len(points), dtype=int)
    for label, members in enumerate(clusters):
        labels[members] = label
    return labels, heights
