"""Smooths, but first drops each bin that is empty on either side, and so is blind to the loudest change.

Caught by: test_empty_bins
"""

import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    live, reference = np.asarray(live_counts), np.asarray(reference_counts)
    filled = (live > 0) & (reference > 0)
    p, q = live[filled] + epsilon, reference[filled] + epsilon
    p, q = p / p.sum(), q / q.sum()
    kl = float(np.sum(p * np.log(p / q)))
    return {"kl": kl, "alert": kl > threshold}
