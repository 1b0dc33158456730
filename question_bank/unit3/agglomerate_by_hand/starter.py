import numpy as np


def agglomerate(points, k, linkage="complete"):
    """Join the nearest clusters until k are left; return the labels and the heights of the joins."""
    ...
