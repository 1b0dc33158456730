"""Makes the generator anew for every tree, so that all of them see the same draw.

Caught by: test_rows_of_a_bag, test_fresh_bootstrap
"""

import numpy as np
from sklearn.tree import DecisionTreeClassifier


def bagged(x, y, n_trees, max_depth, seed):
    bag = []
    for i in range(n_trees):
        rows = np.random.default_rng(seed).integers(0, len(x), len(x))
        tree = DecisionTreeClassifier(max_depth=max_depth, random_state=i)
        bag.append((rows, tree.fit(x[rows], y[rows])))
    return bag


def majority(votes):
    return np.array([np.bincount(column).argmax() for column in np.transpose(votes)])


def bagged_labels(bag, x):
    return majority([tree.predict(x) for _, tree in bag])
