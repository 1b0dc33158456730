import hashlib

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier


def experiment(params, seed, train, valid):
    """Fit the model that the parameters describe; return its metrics and its artefacts."""
    ...


def differences(run, metrics, artefacts, tolerance=1e-9):
    """Return what a repetition did not reproduce."""
    ...
