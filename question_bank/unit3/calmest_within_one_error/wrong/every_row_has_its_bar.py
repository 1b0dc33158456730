"""Uses each setting's own standard error instead of that of the best.

Caught by: test_four_settings, test_fresh_scores, test_ties
"""

import numpy as np


def calmest_within_one_error(settings, scores):
    means = np.mean(scores, axis=1)
    best = np.argmax(means)
    errors = np.std(scores, axis=1, ddof=1) / np.sqrt(len(scores[best]))
    bar = means[best] - errors[best]
    chosen = np.flatnonzero(means + errors >= means[best])[-1]
    return settings[chosen], float(bar)
