import numpy as np


def learn_scaling(train, kind):
    """Return what a "min-max" or a "max-abs" scaler learns from the training rows: shift and scale of each column."""
    ...


def apply_scaling(rows, shift, scale):
    """Return the rows shifted and scaled, column by column."""
    ...
