"""Moves all coordinates together, which gives the sum of the partial derivatives.

Caught by: test_worked_example, test_planted_slips, test_strong_curvature, test_whole_numbers, test_step_and_tolerance
"""

import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    x = np.asarray(x, dtype=float)
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[:] = h
        numeric = (f(x + step) - f(x - step)) / (2 * h)
        if abs(claimed[j] - numeric) > tolerance:
            wrong.append(j)
    return wrong
