import numpy as np
from scipy.stats import loguniform
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def log_uniform(low, high, size, seed):
    """Return numbers between low and high whose logarithms are uniform."""
    ...


def draws_needed(share, confidence):
    """Return how many draws hit the best share of the space with at least the given probability."""
    ...


def tuned_at_random(x, y, draws, folds, seed):
    """Return a randomised search over C and gamma, fitted to the rows."""
    ...
