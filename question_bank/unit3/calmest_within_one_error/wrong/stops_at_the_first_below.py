"""Walks from the best setting towards calmer ones and stops at the first below the bar.

Caught by: test_fresh_scores, test_ties
"""

import numpy as np


def calmest_within_one_error(settings, scores):
    means = np.mean(scores, axis=1)
    best = np.argmax(means)
    error = np.std(scores[best], ddof=1) / np.sqrt(len(scores[best]))
    bar = means[best] - error
    chosen = best
    while chosen + 1 < len(means) and means[chosen + 1] >= bar:
        chosen += 1
    return settings[chosen], float(bar)
