"""Believes that max-abs centres the column around zero, and subtracts the mean.

Caught by: test_three_values, test_learnt, test_gaps, test_constant_columns
"""

import numpy as np


def learn_scaling(train, kind):
    if kind == "min-max":
        shift = np.nanmin(train, axis=0)
        scale = np.nanmax(train, axis=0) - shift
    elif kind == "max-abs":
        shift = np.nanmean(train, axis=0)
        scale = np.nanmax(np.abs(train - shift), axis=0)
    else:
        raise ValueError(kind)
    return shift, np.where(scale == 0, 1, scale)


def apply_scaling(rows, shift, scale):
    return (rows - shift) / scale
