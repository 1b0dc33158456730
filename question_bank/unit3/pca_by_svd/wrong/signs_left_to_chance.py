"""Leaves the signs as the decomposition returned them.

Caught by: test_directions, test_scores, test_wide_and_whole
"""

import numpy as np


def pca(points, n):
    points = np.asarray(points)
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    shares = sizes**2 / np.sum(sizes**2)
    scores = centred @ directions.T
    return scores[:, :n], directions[:n], shares[:n]
