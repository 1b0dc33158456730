"""Returns slopes for standardised columns, which fit no row in the columns' own units.

Caught by: test_three_rows, test_fresh_fits, test_more_columns_than_rows, test_constant_columns, test_fresh_choices
"""

import numpy as np


def fit_ridge(rows, target, alpha):
    rows = np.asarray(rows, dtype=float)
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[np.ptp(rows, axis=0) == 0] = 1
    z = (rows - means) / scales
    centred = np.asarray(target) - np.mean(target)
    slopes = np.linalg.solve(z.T @ z + alpha * np.eye(z.shape[1]), z.T @ centred)
    return float(np.mean(target)), slopes


def choose_alpha(rows, target, new_rows, new_target, alphas):
    rmses = []
    for alpha in alphas:
        intercept, slopes = fit_ridge(rows, target, alpha)
        errors = np.asarray(new_target) - (intercept + np.asarray(new_rows) @ slopes)
        rmses.append(float(np.sqrt(np.mean(errors**2))))
    return max(alpha for alpha, rmse in zip(alphas, rmses) if rmse == min(rmses)), rmses
