import numpy as np


def descend(gradient, start, rate, steps=1000, tolerance=1e-6):
    """Walk downhill from the start; return all places, the first axis counting the steps."""
    ...
