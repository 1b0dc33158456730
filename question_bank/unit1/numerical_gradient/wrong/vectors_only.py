"""Runs through the first axis only, so a matrix is moved row by row.

Caught by: test_any_shape
"""

import numpy as np


def numerical_gradient(f, at, h=1e-5):
    at = np.asarray(at)
    gradient = np.zeros(at.shape)
    for position in range(len(at)):
        step = np.zeros(at.shape)
        step[position] = h
        gradient[position] = (f(at + step) - f(at - step)) / (2 * h)
    return gradient


def relative_gap(first, second):
    size = np.linalg.norm(first) + np.linalg.norm(second)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(np.subtract(first, second)) / size)
