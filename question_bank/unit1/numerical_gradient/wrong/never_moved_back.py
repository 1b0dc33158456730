"""Moves the entry of the place itself and forgets to move it back before the next one.

Caught by: test_where_it_looks, test_fresh_surfaces
"""

import numpy as np


def numerical_gradient(f, at, h=1e-5):
    at = np.array(at, dtype=float)
    gradient = np.zeros(at.shape)
    for position in np.ndindex(at.shape):
        at[position] += h
        above = f(at)
        at[position] -= 2 * h
        gradient[position] = (above - f(at)) / (2 * h)
    return gradient


def relative_gap(first, second):
    size = np.linalg.norm(first) + np.linalg.norm(second)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(np.subtract(first, second)) / size)
