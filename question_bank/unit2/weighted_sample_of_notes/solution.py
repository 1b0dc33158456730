import numpy as np


def inclusion_chances(weights, drawn):
    """Return each note's chance of being drawn, in proportion to its weight but never above 1."""
    weights = np.asarray(weights)
    sure = np.zeros(len(weights), dtype=bool)
    while True:
        left = drawn - np.sum(sure)
        chances = np.where(sure, 1.0, left * weights / np.sum(weights[~sure]))
        if np.max(chances) <= 1:
            return chances
        sure = chances >= 1


def draw_weighted(chances, seed):
    """Return the positions of the notes drawn, each independently with its own chance."""
    numbers = np.random.default_rng(seed).random(len(chances))
    return np.flatnonzero(numbers < np.asarray(chances))


def estimated_share(found, weights):
    """Estimate the share of hazards in the whole from a sample whose notes stand for `weights` notes each."""
    return float(np.average(found, weights=weights)) if len(found) else float("nan")
