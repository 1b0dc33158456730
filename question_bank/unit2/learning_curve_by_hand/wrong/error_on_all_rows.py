"""Takes the training error on all training rows, also on those that were not used.

Caught by: test_points_on_a_line, test_training_errors, test_few_rows_and_one_repeat
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
            for line, (x, y) in enumerate([(rows, target), (new_rows, new_target)]):
                errors[line, column] += np.sqrt(np.mean((y - model.predict(x)) ** 2))
    train, valid = errors / repeats
    return train, valid
