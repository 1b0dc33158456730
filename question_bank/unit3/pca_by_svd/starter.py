import numpy as np


def pca(points, n):
    """Return the scores, the directions and the shares of variance of the first n principal components."""
    ...
