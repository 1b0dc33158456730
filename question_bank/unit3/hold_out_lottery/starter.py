import numpy as np
from sklearn.base import clone


def hold_out_rows(n, share, seed):
    """Return the row numbers to train on and those to test on, as a tuple of arrays."""
    ...


def accuracy_on(model, x, y, train, test):
    """Return the accuracy on the test rows of a clone fitted on the training rows."""
    ...
