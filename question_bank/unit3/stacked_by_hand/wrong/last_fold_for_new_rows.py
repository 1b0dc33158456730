"""Lets the models of the last fold speak about the new rows instead of ones fitted on all.

Caught by: test_fresh_stacks
"""

import numpy as np
from sklearn.base import clone


def out_of_fold(models, x, y, folds):
    chances = np.zeros((len(x), len(models)))
    for train, test in folds:
        for j, model in enumerate(models):
            chances[test, j] = clone(model).fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    return chances


def stacked(models, final, x, y, x_new, folds):
    listener = clone(final).fit(out_of_fold(models, x, y, folds), y)
    train = folds[-1][0]
    chances = [clone(model).fit(x[train], y[train]).predict_proba(x_new)[:, 1] for model in models]
    return listener.predict(np.column_stack(chances))
