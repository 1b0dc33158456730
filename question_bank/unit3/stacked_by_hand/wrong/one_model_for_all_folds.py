"""Fits one and the same model in every fold.

Caught by: test_shares, test_folds_do_not_talk
"""

import numpy as np
from sklearn.base import clone


def out_of_fold(models, x, y, folds):
    chances = np.zeros((len(x), len(models)))
    for train, test in folds:
        for j, model in enumerate(models):
            chances[test, j] = model.fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    return chances


def stacked(models, final, x, y, x_new, folds):
    listener = clone(final).fit(out_of_fold(models, x, y, folds), y)
    chances = [clone(model).fit(x, y).predict_proba(x_new)[:, 1] for model in models]
    return listener.predict(np.column_stack(chances))
