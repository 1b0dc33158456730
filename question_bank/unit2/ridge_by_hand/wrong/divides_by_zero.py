"""Divides a constant column by its standard deviation of 0.

Caught by: test_constant_columns
"""

import numpy as np


def fit_ridge(rows, target, alpha):
    rows = np.asarray(rows, dtype=float)
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    z = (rows - means) / scales
    centred = np.asarray(target) - np.mean(target)
    slopes = np.linalg.solve(z.T @ z + alpha * np.eye(z.shape[1]), z.T @ centred) / scales
    return float(np.mean(target) - means @ slopes), slopes


def choose_alpha(rows, target, new_rows, new_target, alphas):
    rmses = []
    for alpha in alphas:
        intercept, slopes = fit_ridge(rows, target, alpha)
        errors = np.asarray(new_target) - (intercept + np.asarray(new_rows) @ slopes)
        rmses.append(float(np.sqrt(np.mean(errors**2))))
    return max(alpha for alpha, rmse in zip(alphas, rmses) if rmse == min(rmses)), rmses
