"""Moves all entries at the same time and gives every position the same slope.

Caught by: test_gradient_example, test_fresh_surfaces, test_any_shape, test_where_it_looks
"""

import numpy as np


def numerical_gradient(f, at, h=1e-5):
    at = np.asarray(at)
    gradient = np.zeros(at.shape)
    for position in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[...] = h
        gradient[position] = (f(at + step) - f(at - step)) / (2 * h)
    return gradient


def relative_gap(first, second):
    size = np.linalg.norm(first) + np.linalg.norm(second)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(np.subtract(first, second)) / size)
