"""Learns the codes once from all rows and then walks through the folds: cross-validation that protects nothing.

Caught by: test_four_rows, test_honest_estimate, test_leaky_estimate
"""

import numpy as np


def learn_codes(names, y):
    return {**{name: float(y[names == name].mean()) for name in set(names.tolist())}, None: float(y.mean())}


def encode(names, codes):
    return np.array([codes.get(name, codes[None]) for name in names.tolist()])


def estimated_r2(names, y, folds, leaky=False):
    coded = encode(names, learn_codes(names, y))
    errors = sum(np.sum((y[folds == fold] - coded[folds == fold]) ** 2) for fold in np.unique(folds))
    return float(1 - errors / np.sum((y - y.mean()) ** 2))
