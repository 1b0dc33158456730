"""Draws the planned number of notes but leaves their chances out.

Caught by: test_notes_drawn
"""

import numpy as np


def inclusion_chances(weights, drawn):
    weights = np.asarray(weights, dtype=float)
    sure = np.zeros(len(weights), dtype=bool)
    while True:
        left = drawn - np.sum(sure)
        chances = np.where(sure, 1.0, left * weights / np.sum(weights[~sure]))
        if np.max(chances) <= 1:
            return chances
        sure = sure | (chances > 1)


def draw_weighted(chances, seed):
    chances = np.asarray(chances, dtype=float)
    size = round(chances.sum())
    return np.sort(np.random.default_rng(seed).choice(len(chances), size, replace=False))


def estimated_share(found, weights):
    if len(found) == 0:
        return float("nan")
    return float(np.dot(found, weights) / np.sum(weights))
