import numpy as np
from sklearn.tree import DecisionTreeClassifier


def bagged(x, y, n_trees, max_depth, seed):
    """Return a list of pairs: the rows of a bootstrap sample, and the tree fitted to them."""
    ...


def majority(votes):
    """Return the commonest label of each column; of equals, the smallest."""
    ...


def bagged_labels(bag, x):
    """Return what the trees of a bag say by majority."""
    ...
