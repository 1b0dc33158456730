"""Returns only the place where the walk ended.

Caught by: test_halving_example, test_fresh_valleys, test_flat_enough, test_number_of_steps, test_whole_numbers_and_matrices, test_walk_that_explodes
"""

import numpy as np


def descend(gradient, start, rate, steps=1000, tolerance=1e-6):
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) <= tolerance:
            break
        place = path[-1] - rate * np.asarray(slope)
        if not np.all(np.isfinite(place)):
            break
        path.append(place)
    return path[-1]
