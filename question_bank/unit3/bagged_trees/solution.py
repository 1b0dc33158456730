import numpy as np
from sklearn.tree import DecisionTreeClassifier


def bagged(x, y, n_trees, max_depth, seed):
    """Return a list of pairs: the rows of a bootstrap sample, and the tree fitted to them."""
    generator = np.random.default_rng(seed)
    bag = []
    for i in range(n_trees):
        rows = generator.integers(0, len(x), len(x))
        tree = DecisionTreeClassifier(max_depth=max_depth, random_state=i)
        bag.append((rows, tree.fit(x[rows], y[rows])))
    return bag


def majority(votes):
    """Return the commonest label of each column; of equals, the smallest."""
    return np.array([np.bincount(column).argmax() for column in np.transpose(votes)])


def bagged_labels(bag, x):
    """Return what the trees of a bag say by majority."""
    return majority([tree.predict(x) for _, tree in bag])
