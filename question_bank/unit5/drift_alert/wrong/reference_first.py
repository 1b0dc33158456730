"""Puts the reference first; the divergence is not symmetric.

Caught by: test_worked_example, test_divergence_of_random_histograms, test_empty_bins
"""

import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    p = np.asarray(live_counts) + epsilon
    q = np.asarray(reference_counts) + epsilon
    p, q = p / p.sum(), q / q.sum()
    kl = float(np.sum(q * np.log(q / p)))
    return {"kl": kl, "alert": kl > threshold}
