import numpy as np
from sklearn.tree import DecisionTreeClassifier


def reweighted(weights, wrong):
    """Return the say of a stump with these mistakes, and the weights for the next one."""
    ...


def boosted(x, y, rounds):
    """Return a list of pairs: the say of a stump, and the stump."""
    ...


def boosted_labels(ensemble, x):
    """Return -1 or +1 for each row, as the stumps say together."""
    ...
