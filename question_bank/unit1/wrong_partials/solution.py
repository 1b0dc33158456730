import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    """Return the positions at which the claimed gradient differs from the central difference."""
    x = np.asarray(x, dtype=float)
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        numeric = (f(x + step) - f(x - step)) / (2 * h)
        if abs(claimed[j] - numeric) > tolerance:
            wrong.append(j)
    return wrong
