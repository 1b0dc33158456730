import numpy as np


def wrong_partials(f, gradient, x, h=1e-4, tolerance=1e-3):
    """Return the positions at which the claimed gradient differs from the central difference."""
    # Your code here
    return []
