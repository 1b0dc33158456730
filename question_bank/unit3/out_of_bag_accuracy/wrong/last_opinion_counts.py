"""Keeps the last tree's opinion of each row instead of counting.

Caught by: test_fresh_opinions, test_fresh_trees
"""

import numpy as np


def out_of_bag(bag, x, y):
    ones = np.zeros(len(x))
    voters = np.zeros(len(x))
    for rows, tree in bag:
        unseen = np.setdiff1d(np.arange(len(x)), rows)
        if unseen.size:
            ones[unseen] = tree.predict(x[unseen])
            voters[unseen] = 1
    covered = voters > 0
    labels = np.where(covered, ones > voters / 2, -1)
    accuracy = float(np.mean(labels[covered] == y[covered])) if covered.any() else float("nan")
    return {"labels": labels, "accuracy": accuracy, "covered": float(np.mean(covered))}
