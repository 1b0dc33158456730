import numpy as np


def out_of_bag(bag, x, y):
    """Let each row be judged by the trees that never saw it; return labels, accuracy and coverage."""
    ...
