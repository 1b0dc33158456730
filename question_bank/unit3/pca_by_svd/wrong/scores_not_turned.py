"""Turns the signs of the directions after computing the scores.

Caught by: test_scores, test_wide_and_whole
"""

import numpy as np


def pca(points, n):
    points = np.asarray(points)
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    shares = sizes**2 / np.sum(sizes**2)
    scores = centred @ directions.T
    for row in directions:
        if row.max() < np.abs(row).max():  # the largest entry by size is a negative one
            row *= -1
    return scores[:, :n], directions[:n], shares[:n]
