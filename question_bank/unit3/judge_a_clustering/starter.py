import numpy as np


def silhouette_values(points, labels):
    """Return the silhouette of every point."""
    ...


def calinski_harabasz(points, labels):
    """Return the variance between the clusters over the variance within them."""
    ...
