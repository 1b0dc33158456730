"""Divides by the variance of the components kept, so the shares always add up to 1.

Caught by: test_shares, test_wide_and_whole
"""

import numpy as np


def pca(points, n):
    points = np.asarray(points)
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    shares = sizes**2 / np.sum(sizes[:n] ** 2)
    for row in directions:
        if row.max() < np.abs(row).max():  # the largest entry by size is a negative one
            row *= -1
    scores = centred @ directions.T
    return scores[:, :n], directions[:n], shares[:n]
