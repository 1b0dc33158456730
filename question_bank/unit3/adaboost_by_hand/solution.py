import numpy as np
from sklearn.tree import DecisionTreeClassifier


def reweighted(weights, wrong):
    """Return the say of a stump with these mistakes, and the weights for the next one."""
    weights, wrong = np.asarray(weights), np.asarray(wrong)
    error = weights[wrong].sum()
    alpha = np.log((1 - error) / error) / 2
    raised = weights * np.exp(np.where(wrong, alpha, -alpha))
    return float(alpha), raised / raised.sum()


def boosted(x, y, rounds):
    """Return a list of pairs: the say of a stump, and the stump."""
    weights = np.full(len(x), 1 / len(x))
    ensemble = []
    for _ in range(rounds):
        stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(x, y, sample_weight=weights)
        wrong = stump.predict(x) != y
        error = weights[wrong].sum()
        if error < 1e-10:
            return [*ensemble, (1.0, stump)]
        if error >= 0.5 - 1e-10:
            return ensemble
        alpha, weights = reweighted(weights, wrong)
        ensemble.append((alpha, stump))
    return ensemble


def boosted_labels(ensemble, x):
    """Return -1 or +1 for each row, as the stumps say together."""
    total = np.zeros(len(x))
    for alpha, stump in ensemble:
        total += alpha * stump.predict(x)
    return np.where(total >= 0, 1, -1)
