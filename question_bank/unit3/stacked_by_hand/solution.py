import numpy as np
from sklearn.base import clone


def out_of_fold(models, x, y, folds):
    """Return each model's probability of a 1 for each row, from a fit that did not see the row."""
    chances = np.zeros((len(x), len(models)))
    for train, test in folds:
        for j, model in enumerate(models):
            chances[test, j] = clone(model).fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    return chances


def stacked(models, final, x, y, x_new, folds):
    """Return the labels that a stack of the models gives to new rows."""
    listener = clone(final).fit(out_of_fold(models, x, y, folds), y)
    chances = [clone(model).fit(x, y).predict_proba(x_new)[:, 1] for model in models]
    return listener.predict(np.column_stack(chances))
