def drift_alert(reference_counts, live_counts, threshold, epsilon=0.5):
    """Return {"kl": divergence of the live from the reference shares in nats, "alert": whether it is too large}."""
    # Your code here
    return {"kl": 0.0, "alert": False}
