import numpy as np


def fit_ridge(rows, target, alpha):
    """Return the intercept and the slopes of a ridge regression on standardised columns, in the columns' own units."""
    rows = np.asarray(rows)
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[np.ptp(rows, axis=0) == 0] = 1
    z = (rows - means) / scales
    # the columns of z add up to 0, so it makes no difference whether the target is centred
    slopes = np.linalg.solve(z.T @ z + alpha * np.eye(z.shape[1]), z.T @ np.asarray(target)) / scales
    return float(np.mean(target) - means @ slopes), slopes


def choose_alpha(rows, target, new_rows, new_target, alphas):
    """Return the strength with the smallest RMSE on the new rows, and the RMSEs of all strengths."""
    rmses = []
    for alpha in alphas:
        intercept, slopes = fit_ridge(rows, target, alpha)
        errors = np.asarray(new_target) - (intercept + np.asarray(new_rows) @ slopes)
        rmses.append(float(np.sqrt(np.mean(errors**2))))
    return max(alpha for alpha, rmse in zip(alphas, rmses) if rmse == min(rmses)), rmses
