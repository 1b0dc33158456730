"""Adds epsilon to the shares instead of the counts, and does not normalise again.

Caught by: test_worked_example, test_divergence_of_random_histograms, test_empty_bins
"""

import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    p = np.asarray(live_counts) / np.sum(live_counts) + epsilon
    q = np.asarray(reference_counts) / np.sum(reference_counts) + epsilon
    kl = float(np.sum(p * np.log(p / q)))
    return {"kl": kl, "alert": kl > threshold}
