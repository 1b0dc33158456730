"""Shrinks the intercept with the slopes, and so predicts too little everywhere.

Caught by: test_three_rows, test_fresh_fits, test_more_columns_than_rows, test_constant_columns, test_fresh_choices, test_equally_good
"""

import numpy as np


def fit_ridge(rows, target, alpha):
    rows = np.asarray(rows, dtype=float)
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[np.ptp(rows, axis=0) == 0] = 1
    design = np.column_stack([np.ones(len(rows)), (rows - means) / scales])
    solution = np.linalg.solve(design.T @ design + alpha * np.eye(design.shape[1]), design.T @ np.asarray(target))
    slopes = solution[1:] / scales
    return float(solution[0] - means @ slopes), slopes


def choose_alpha(rows, target, new_rows, new_target, alphas):
    rmses = []
    for alpha in alphas:
        intercept, slopes = fit_ridge(rows, target, alpha)
        errors = np.asarray(new_target) - (intercept + np.asarray(new_rows) @ slopes)
        rmses.append(float(np.sqrt(np.mean(errors**2))))
    return max(alpha for alpha, rmse in zip(alphas, rmses) if rmse == min(rmses)), rmses
