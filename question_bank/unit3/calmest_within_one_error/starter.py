import numpy as np


def calmest_within_one_error(settings, scores):
    """Return the calmest setting that is within one standard error of the best, and the bar that it had to clear."""
    ...
