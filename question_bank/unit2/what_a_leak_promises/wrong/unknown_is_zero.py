"""Encodes an unknown name as 0, and takes the mean of the names' means for the mean of all rows.

Caught by: test_codes, test_encoded, test_honest_estimate, test_leaky_estimate
"""

import numpy as np


def learn_codes(names, y):
    codes = {name: float(y[names == name].mean()) for name in set(names.tolist())}
    return {**codes, None: float(np.mean(list(codes.values())))}


def encode(names, codes):
    return np.array([codes.get(name, 0.0) for name in names.tolist()])


def estimated_r2(names, y, folds, leaky=False):
    forecasts = np.zeros(len(y))
    for fold in np.unique(folds):
        inside = folds == fold
        known = np.ones(len(y), dtype=bool) if leaky else ~inside
        forecasts[inside] = encode(names[inside], learn_codes(names[known], y[known]))
    return float(1 - np.sum((y - forecasts) ** 2) / np.sum((y - y.mean()) ** 2))
