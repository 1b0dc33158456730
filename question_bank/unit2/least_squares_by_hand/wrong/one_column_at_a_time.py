"""Fits every column by itself, as if the others were not there.

Caught by: test_fresh_fits, test_copied_columns, test_far_from_zero
"""

import numpy as np


def fit_ols(rows, target):
    rows, target = np.asarray(rows, dtype=float), np.asarray(target, dtype=float)
    centred = rows - rows.mean(axis=0)
    slopes = centred.T @ (target - target.mean()) / (centred**2).sum(axis=0)
    return float(target.mean() - rows.mean(axis=0) @ slopes), slopes


def predict(rows, intercept, slopes):
    return intercept + np.asarray(rows) @ np.asarray(slopes)
