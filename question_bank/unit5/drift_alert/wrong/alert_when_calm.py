"""Turns the comparison round: alerts while nothing happens, and is silent when the data drift.

Caught by: test_worked_example, test_alert_on_either_side
"""

import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    p = np.asarray(live_counts) + epsilon
    q = np.asarray(reference_counts) + epsilon
    p, q = p / p.sum(), q / q.sum()
    kl = float(np.sum(p * np.log(p / q)))
    return {"kl": kl, "alert": kl < threshold}
