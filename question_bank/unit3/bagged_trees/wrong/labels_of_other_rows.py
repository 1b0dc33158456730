"""Draws rows for the measurements, and others for the labels.

Caught by: test_fresh_bootstrap, test_fresh_trees
"""

import numpy as np
from sklearn.tree import DecisionTreeClassifier


def bagged(x, y, n_trees, max_depth, seed):
    generator = np.random.default_rng(seed)
    bag = []
    for i in range(n_trees):
        rows = generator.integers(0, len(x), len(x))
        tree = DecisionTreeClassifier(max_depth=max_depth, random_state=i)
        bag.append((rows, tree.fit(x[rows], y[generator.integers(0, len(x), len(x))])))
    return bag


def majority(votes):
    return np.array([np.bincount(column).argmax() for column in np.transpose(votes)])


def bagged_labels(bag, x):
    return majority([tree.predict(x) for _, tree in bag])
