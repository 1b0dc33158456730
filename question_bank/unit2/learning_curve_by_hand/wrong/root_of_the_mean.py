"""Averages the squared errors over the repeats and takes the root at the end.

Caught by: test_training_errors, test_validation_errors
"""

import numpy as np
from sklearn.linear_model import LinearRegression


def learning_curve(rows, target, new_rows, new_target, sizes, repeats, seed):
    rng = np.random.default_rng(seed)
    errors = np.zeros((2, len(sizes)))
    for _ in range(repeats):
        order = rng.permutation(len(rows))
        for column, size in enumerate(sizes):
            used = order[:size]
            model = LinearRegression().fit(rows[used], target[used])
            for line, (x, y) in enumerate([(rows[used], target[used]), (new_rows, new_target)]):
                errors[line, column] += np.mean((y - model.predict(x)) ** 2)
    train, valid = np.sqrt(errors / repeats)
    return train, valid
