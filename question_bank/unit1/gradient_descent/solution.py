import numpy as np


def descend(gradient, start, rate, steps=1000, tolerance=1e-6):
    """Walk downhill from the start; return all places, the first axis counting the steps."""
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) <= tolerance:
            break
        place = path[-1] - rate * np.asarray(slope)
        if not np.all(np.isfinite(place)):
            break
        path.append(place)
    return np.stack(path)
