"""Takes the standard deviation of the folds for the standard error of their mean.

Caught by: test_four_settings, test_fresh_scores, test_best_is_last_or_alone, test_ties
"""

import numpy as np


def calmest_within_one_error(settings, scores):
    means = np.mean(scores, axis=1)
    best = np.argmax(means)
    error = np.std(scores[best], ddof=1)
    bar = means[best] - error
    chosen = np.flatnonzero(means >= bar)[-1]
    return settings[chosen], float(bar)
