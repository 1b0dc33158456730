import numpy as np


def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    """Return {"kl": divergence of the live from the reference shares in nats, "alert": whether it is too large}."""
    p = np.asarray(live_counts) + epsilon
    q = np.asarray(reference_counts) + epsilon
    p, q = p / p.sum(), q / q.sum()
    kl = float(np.sum(p * np.log(p / q)))
    return {"kl": kl, "alert": kl > threshold}
