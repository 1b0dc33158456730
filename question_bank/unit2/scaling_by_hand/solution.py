import numpy as np


def learn_scaling(train, kind):
    """Return what a "min-max" or a "max-abs" scaler learns from the training rows: shift and scale of each column."""
    if kind == "min-max":
        shift = np.nanmin(train, axis=0)
        scale = np.nanmax(train, axis=0) - shift
    elif kind == "max-abs":
        scale = np.nanmax(np.abs(train), axis=0)
        shift = np.zeros(scale.shape)
    else:
        raise ValueError("the kind must be min-max or max-abs")
    return shift, np.where(scale == 0, 1, scale)


def apply_scaling(rows, shift, scale):
    """Return the rows shifted and scaled, column by column."""
    return (rows - shift) / scale
