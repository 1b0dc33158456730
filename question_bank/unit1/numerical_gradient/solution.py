import numpy as np


def numerical_gradient(f, at, h=1e-5):
    """Return the central differences of f in every entry of at, in an array of its shape."""
    at = np.asarray(at)
    gradient = np.zeros(at.shape)
    for position in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[position] = h
        gradient[position] = (f(at + step) - f(at - step)) / (2 * h)
    return gradient


def relative_gap(first, second):
    """Return the distance of two gradients divided by the sum of their lengths."""
    size = np.linalg.norm(first) + np.linalg.norm(second)
    if size == 0:
        return 0.0
    return float(np.linalg.norm(np.subtract(first, second)) / size)
