"""Asks whether the slope was flat only after the step has been taken.

Caught by: test_halving_example, test_flat_enough
"""

import numpy as np


def descend(gradient, start, rate, steps=1000, tolerance=1e-6):
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        slope = gradient(path[-1])
        place = path[-1] - rate * np.asarray(slope)
        if not np.all(np.isfinite(place)):
            break
        path.append(place)
        if np.linalg.norm(slope) <= tolerance:
            break
    return np.stack(path)
