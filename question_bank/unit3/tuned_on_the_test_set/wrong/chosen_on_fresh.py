"""Chooses by the accuracy on the fresh rows, which nobody has when choosing.

Caught by: test_two_neighbours, test_fresh_studies
"""

import numpy as np
from sklearn.base import clone


def tuned_on_test(models, train, test, fresh):
    fitted = [clone(model).fit(*train) for model in models]
    result = {}
    for name, (x, y) in {"test": test, "fresh": fresh}.items():
        result[name] = np.array([np.mean(model.predict(x) == y) for model in fitted])
    chosen = int(np.argmax(result["fresh"]))
    result["chosen"] = chosen
    result["claimed"] = float(result["test"][chosen])
    result["delivered"] = float(result["fresh"][chosen])
    return result


def optimism_by_tries(test, fresh):
    test, fresh = np.asarray(test), np.asarray(fresh)
    studies, tries = test.shape
    optimism = []
    for m in range(1, tries + 1):
        chosen = test[:, :m].argmax(axis=1)
        claimed = test[np.arange(studies), chosen]
        delivered = fresh[np.arange(studies), chosen]
        optimism.append(np.mean(claimed - delivered))
    return np.array(optimism)
