"""Compares metrics exactly, so that a sum in another order counts as a failure.

Caught by: test_fresh_differences
"""

import hashlib

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

KINDS = {"tree": DecisionTreeClassifier, "forest": RandomForestClassifier, "boosting": GradientBoostingClassifier}


def experiment(params, seed, train, valid):
    kind = params["kind"]
    if kind not in KINDS:
        raise ValueError(f"there is no model of the kind {kind}")
    settings = {name: value for name, value in params.items() if name != "kind"}
    model = KINDS[kind](**settings, random_state=seed).fit(*train)
    labels = model.predict(valid[0])
    metrics = {
        "train_accuracy": float(np.mean(model.predict(train[0]) == train[1])),
        "accuracy": float(np.mean(labels == valid[1])),
    }
    return metrics, {"labels": labels.astype(np.uint8).tobytes()}


def differences(run, metrics, artefacts, tolerance=1e-9):
    found = []
    for name in run["metrics"].keys() | metrics.keys():
        change = metrics.get(name, np.nan) - run["metrics"].get(name, np.nan)
        if change != 0:  # also where one side has no such metric
            found.append(f"metric {name}")
    before = {name: kept["sha256"] for name, kept in run["artefacts"].items()}
    after = {name: hashlib.sha256(content).hexdigest() for name, content in artefacts.items()}
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            found.append(f"artefact {name}")
    return sorted(found)
