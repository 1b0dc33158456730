import numpy as np


def calmest_within_one_error(settings, scores):
    """Return the calmest setting that is within one standard error of the best, and the bar that it had to clear."""
    means = np.mean(scores, axis=1)
    best = np.argmax(means)
    error = np.std(scores[best], ddof=1) / np.sqrt(len(scores[best]))
    bar = means[best] - error
    chosen = np.flatnonzero(means >= bar)[-1]
    return settings[chosen], float(bar)
