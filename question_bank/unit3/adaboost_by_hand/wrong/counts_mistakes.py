"""Takes the share of the wrong rows for their weight.

Caught by: test_fresh_weights, test_fresh_ensembles
"""

import numpy as np
from sklearn.tree import DecisionTreeClassifier


def reweighted(weights, wrong):
    weights, wrong = np.asarray(weights), np.asarray(wrong)
    error = np.mean(wrong)
    alpha = np.log((1 - error) / error) / 2
    raised = weights * np.exp(np.where(wrong, alpha, -alpha))
    return float(alpha), raised / raised.sum()


def boosted(x, y, rounds):
    weights = np.full(len(x), 1 / len(x))
    ensemble = []
    for _ in range(rounds):
        stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(x, y, sample_weight=weights)
        wrong = stump.predict(x) != y
        error = np.mean(wrong)
        if error < 1e-10:
            return [*ensemble, (1.0, stump)]
        if error >= 0.5 - 1e-10:
            return ensemble
        alpha, weights = reweighted(weights, wrong)
        ensemble.append((alpha, stump))
    return ensemble


def boosted_labels(ensemble, x):
    total = np.zeros(len(x))
    for alpha, stump in ensemble:
        total += alpha * stump.predict(x)
    return np.where(total >= 0, 1, -1)
