"""Keeps whole numbers whole and moves the entry in place, so that the step is cut off.

Caught by: test_gradient_example, test_fresh_surfaces, test_any_shape
"""

import numpy as np


def numerical_gradient(f, at, h=1e-5):
    at = np.asarray(at)
    gradient = np.zeros(at.shape)
    for position in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[position] += h
        down[position] -= h
        gradient[position] = (f(up) - f(down)) / (2 * h)
    return gradient


def relative_gap(first, second):
    size = np.linalg.norm(first) + np.linalg.norm(second)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(np.subtract(first, second)) / size)
