"""Fits the model on all training rows whatever the size.

Caught by: test_points_on_a_line, test_training_errors, test_validation_errors, test_few_rows_and_one_repeat
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
            model = LinearRegression().fit(rows, target)
            for line, (x, y) in enumerate([(rows[used], target[used]), (new_rows, new_target)]):
                errors[line, column] += np.sqrt(np.mean((y - model.predict(x)) ** 2))
    train, valid = errors / repeats
    return train, valid
