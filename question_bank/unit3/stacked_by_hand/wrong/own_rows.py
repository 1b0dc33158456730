"""Asks each model about the rows that it was fitted on, so that the final one trusts the best memory.

Caught by: test_shares, test_fresh_chances, test_fresh_stacks, test_folds_do_not_talk
"""

import numpy as np
from sklearn.base import clone


def out_of_fold(models, x, y, folds):
    chances = np.zeros((len(x), len(models)))
    for train, test in folds:
        for j, model in enumerate(models):
            chances[test, j] = clone(model).fit(x, y).predict_proba(x[test])[:, 1]
    return chances


def stacked(models, final, x, y, x_new, folds):
    listener = clone(final).fit(out_of_fold(models, x, y, folds), y)
    chances = [clone(model).fit(x, y).predict_proba(x_new)[:, 1] for model in models]
    return listener.predict(np.column_stack(chances))
