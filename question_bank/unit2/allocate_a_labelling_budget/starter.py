import numpy as np


def allocate(sizes, budget, least):
    """Return a dict from each stratum to the number of its notes that get a label."""
    ...


def draw_strata(strata, counts, seed):
    """Return the rows drawn, in increasing order, and how many notes each of them stands for."""
    ...
