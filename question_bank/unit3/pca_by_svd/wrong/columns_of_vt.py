"""Takes the first columns of the matrix that is returned, not its rows.

Caught by: test_directions, test_scores, test_wide_and_whole
"""

import numpy as np


def pca(points, n):
    points = np.asarray(points)
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions.T.copy()
    shares = sizes**2 / np.sum(sizes**2)
    for row in directions:
        if row.max() < np.abs(row).max():  # the largest entry by size is a negative one
            row *= -1
    scores = centred @ directions.T
    return scores[:, :n], directions[:n], shares[:n]
