"""Takes the first setting over the bar, the most restless of them.

Caught by: test_four_settings, test_fresh_scores, test_ties
"""

import numpy as np


def calmest_within_one_error(settings, scores):
    means = np.mean(scores, axis=1)
    best = np.argmax(means)
    error = np.std(scores[best], ddof=1) / np.sqrt(len(scores[best]))
    bar = means[best] - error
    chosen = np.flatnonzero(means >= bar)[0]
    return settings[chosen], float(bar)
