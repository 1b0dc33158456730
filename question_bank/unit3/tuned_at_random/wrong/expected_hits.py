"""Divides the confidence by the share, as if the draws could not hit the same region twice.

Caught by: test_two_coins, test_fresh_counts
"""

import numpy as np
from scipy.stats import loguniform
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def log_uniform(low, high, size, seed):
    return np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), size))


def draws_needed(share, confidence):
    return int(np.ceil(confidence / share))


def tuned_at_random(x, y, draws, folds, seed):
    search = RandomizedSearchCV(
        Pipeline([("scale", StandardScaler()), ("svc", SVC())]),
        {"svc__C": loguniform(0.01, 1000), "svc__gamma": loguniform(0.0001, 10)},
        n_iter=draws,
        cv=StratifiedKFold(folds, shuffle=True, random_state=seed),
        scoring="balanced_accuracy",
        random_state=seed,
    )
    return search.fit(x, y)
