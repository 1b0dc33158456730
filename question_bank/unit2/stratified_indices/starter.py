import numpy as np


def stratified_indices(labels, share, seed):
    """Return the positions of a stratified sample of the rows, in increasing order."""
    # Your code here
    return []
