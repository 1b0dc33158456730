"""Uses a step of its own instead of the one it was given.

Caught by: test_step_and_tolerance
"""

import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    x, h = np.asarray(x, dtype=float), 1e-4
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        numeric = (f(x + step) - f(x - step)) / (2 * h)
        if abs(claimed[j] - numeric) > tolerance:
            wrong.append(j)
    return wrong
