"""Learns from the rows of the fold itself instead of from the others.

Caught by: test_four_rows, test_honest_estimate, test_leaky_estimate
"""

import numpy as np


def learn_codes(names, y):
    return {**{name: float(y[names == name].mean()) for name in set(names.tolist())}, None: float(y.mean())}


def encode(names, codes):
    return np.array([codes.get(name, codes[None]) for name in names.tolist()])


def estimated_r2(names, y, folds, leaky=False):
    forecasts = np.zeros(len(y))
    for fold in np.unique(folds):
        inside = folds == fold
        known = inside | leaky
        forecasts[inside] = encode(names[inside], learn_codes(names[known], y[known]))
    return float(1 - np.sum((y - forecasts) ** 2) / np.sum((y - y.mean()) ** 2))
