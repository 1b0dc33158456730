import numpy as np


def binned_residuals(x, residuals, bins):
    """Return the mean x, the mean residual and the residuals' standard deviation of each group of neighbours."""
    ...
