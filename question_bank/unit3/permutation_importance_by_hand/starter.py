import numpy as np


def permuted_drops(model, x, y, repeats, seed):
    """Return for each column how far the accuracy drops when it is permuted, once for each repeat."""
    ...


def stands_out(names, drops):
    """Return the names of the columns whose mean drop exceeds twice its standard deviation, the largest first."""
    ...
