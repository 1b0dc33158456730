import numpy as np


def cohen_kappa(first, second):
    """Return {"observed": share of agreement, "expected": agreement by chance, "kappa": Cohen's kappa or None}."""
    first, second = np.asarray(first), np.asarray(second)
    observed = float(np.mean(first == second))
    expected = float(sum(np.mean(first == label) * np.mean(second == label) for label in np.unique(first)))
    kappa = (observed - expected) / (1 - expected) if expected < 1 else None
    return {"observed": observed, "expected": expected, "kappa": kappa}
