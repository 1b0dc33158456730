"""Takes all steps whatever happens, flat or infinite.

Caught by: test_halving_example, test_flat_enough, test_walk_that_explodes
"""

import numpy as np


def descend(gradient, start, rate, steps=1000, tolerance=1e-6):
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        slope = gradient(path[-1])
        place = path[-1] - rate * np.asarray(slope)
        path.append(place)
    return np.stack(path)
