"""Clips new rows to the range from 0 to 1, and so turns different values into one.

Caught by: test_three_values, test_other_rows, test_gaps, test_constant_columns
"""

import numpy as np


def learn_scaling(train, kind):
    if kind == "min-max":
        shift = np.nanmin(train, axis=0)
        scale = np.nanmax(train, axis=0) - shift
    elif kind == "max-abs":
        scale = np.nanmax(np.abs(train), axis=0)
        shift = np.zeros_like(scale)
    else:
        raise ValueError(kind)
    return shift, np.where(scale == 0, 1, scale)


def apply_scaling(rows, shift, scale):
    return np.clip((rows - shift) / scale, 0, 1)
