"""Adds the step to an array of whole numbers, which cuts it off.

Caught by: test_whole_numbers
"""

import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    x = np.array(x)
    claimed = gradient(x)
    wrong = []
    for j in range(len(x)):
        right, left = x.copy(), x.copy()
        right[j] += right.dtype.type(h)
        left[j] -= left.dtype.type(h)
        if abs(claimed[j] - (f(right) - f(left)) / (2 * h)) > tolerance:
            wrong.append(j)
    return wrong
