"""Changes the place itself and does not go back before the next coordinate.

Caught by: test_strong_curvature
"""

import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    x = np.array(x, dtype=float)
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        x[j] += h
        right = f(x)
        x[j] -= 2 * h
        if abs(claimed[j] - (right - f(x)) / (2 * h)) > tolerance:
            wrong.append(j)
    return wrong
