"""Makes a new generator in each repeat, so that all repeats are the same.

Caught by: test_training_errors, test_validation_errors
"""

import numpy as np
from sklearn.linear_model import LinearRegression


def learning_curve(rows, target, new_rows, new_target, sizes, repeats, seed):
    errors = np.zeros((2, len(sizes)))
    for _ in range(repeats):
        order = np.random.default_rng(seed).permutation(len(rows))
        for column, size in enumerate(sizes):
            used = order[:size]
            model = LinearRegression().fit(rows[used], target[used])
            for line, (x, y) in enumerate([(rows[used], target[used]), (new_rows, new_target)]):
                errors[line, column] += np.sqrt(np.mean((y - model.predict(x)) ** 2))
    train, valid = errors / repeats
    return train, valid
