"""Forgets to weight the means by the sizes of their clusters.

Caught by: test_calinski_example, test_fresh_calinski, test_alone
"""

import numpy as np


def silhouette_values(points, labels):
    points, labels = np.asarray(points), np.asarray(labels)
    values = np.zeros(len(points))
    for i, own in enumerate(labels):
        distances = np.sqrt(np.sum((points - points[i]) ** 2, axis=1))
        mates = np.sum(labels == own) - 1
        if mates == 0:
            continue  # alone: the value stays 0
        inside = distances[labels == own].sum() / mates
        outside = min(distances[labels == other].mean() for other in set(labels) if other != own)
        if max(inside, outside) > 0:
            values[i] = (outside - inside) / max(inside, outside)
    return values


def calinski_harabasz(points, labels):
    points, labels = np.asarray(points), np.asarray(labels)
    clusters = set(labels)
    between = within = 0.0
    for cluster in clusters:
        members = points[labels == cluster]
        mean = members.mean(axis=0)
        between += np.sum((mean - points.mean(axis=0)) ** 2)
        within += np.sum((members - mean) ** 2)
    n, k = len(points), len(clusters)
    return float((between / (k - 1)) / (within / (n - k)))
