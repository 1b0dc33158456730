"""Computes R² in each fold with the fold's own mean, and averages: another number, and a harsher one for small folds.

Caught by: test_four_rows, test_honest_estimate, test_leaky_estimate
"""

import numpy as np


def learn_codes(names, y):
    return {**{name: float(y[names == name].mean()) for name in set(names.tolist())}, None: float(y.mean())}


def encode(names, codes):
    return np.array([codes.get(name, codes[None]) for name in names.tolist()])


def estimated_r2(names, y, folds, leaky=False):
    scores = []
    for fold in np.unique(folds):
        inside = folds == fold
        known = np.ones(len(y), dtype=bool) if leaky else ~inside
        errors = y[inside] - encode(names[inside], learn_codes(names[known], y[known]))
        scores.append(1 - np.sum(errors**2) / max(np.sum((y[inside] - y[inside].mean()) ** 2), 1e-12))
    return float(np.mean(scores))
