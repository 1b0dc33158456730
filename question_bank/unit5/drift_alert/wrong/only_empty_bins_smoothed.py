"""Adds epsilon to the empty bins and leaves the others as they are.

Caught by: test_worked_example, test_divergence_of_random_histograms, test_empty_bins
"""

import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    live, reference = np.asarray(live_counts, dtype=float), np.asarray(reference_counts, dtype=float)
    live[live == 0] = epsilon
    reference[reference == 0] = epsilon
    p, q = live / live.sum(), reference / reference.sum()
    kl = float(np.sum(p * np.log(p / q)))
    return {"kl": kl, "alert": kl > threshold}
