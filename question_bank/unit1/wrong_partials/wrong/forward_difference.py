"""Looks to one side only; strong curvature then makes right derivatives look wrong.

Caught by: test_strong_curvature, test_step_and_tolerance
"""

import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    x = np.asarray(x, dtype=float)
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        numeric = (f(x + step) - f(x)) / h
        if abs(claimed[j] - numeric) > tolerance:
            wrong.append(j)
    return wrong
