import numpy as np


def binned_residuals(x, residuals, bins):
    """Return the mean x, the mean residual and the residuals' standard deviation of each group of neighbours."""
    x, residuals = np.asarray(x), np.asarray(residuals)
    groups = np.array_split(np.argsort(x, kind="stable"), bins)
    centres = np.array([np.mean(x[group]) for group in groups])
    means = np.array([np.mean(residuals[group]) for group in groups])
    spreads = np.array([np.std(residuals[group]) for group in groups])
    return centres, means, spreads
