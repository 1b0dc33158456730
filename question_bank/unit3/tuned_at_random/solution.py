import numpy as np
from scipy.stats import loguniform
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def log_uniform(low, high, size, seed):
    """Return numbers between low and high whose logarithms are uniform."""
    return np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), size))


def draws_needed(share, confidence):
    """Return how many draws hit the best share of the space with at least the given probability."""
    return int(np.ceil(np.log(1 - confidence) / np.log(1 - share)))


def tuned_at_random(x, y, draws, folds, seed):
    """Return a randomised search over C and gamma, fitted to the rows."""
    search = RandomizedSearchCV(
        Pipeline([("scale", StandardScaler()), ("svc", SVC())]),
        {"svc__C": loguniform(0.01, 1000), "svc__gamma": loguniform(0.0001, 10)},
        n_iter=draws,
        cv=StratifiedKFold(folds, shuffle=True, random_state=seed),
        scoring="balanced_accuracy",
        random_state=seed,
    )
    return search.fit(x, y)
