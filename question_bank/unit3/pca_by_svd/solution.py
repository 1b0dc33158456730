import numpy as np


def pca(points, n):
    """Return the scores, the directions and the shares of variance of the first n principal components."""
    points = np.asarray(points)
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    shares = sizes**2 / np.sum(sizes**2)
    for row in directions:
        if row.max() < np.abs(row).max():  # the largest entry by size is a negative one
            row *= -1
    scores = centred @ directions.T
    return scores[:, :n], directions[:n], shares[:n]
