def f_beta(actual, predicted, positive, beta=1):
    """Return the F-beta score of the class `positive`, or None where it is not defined."""
    pairs = [(a == positive, p == positive) for a, p in zip(actual, predicted)]
    hits = (1 + beta**2) * pairs.count((True, True))
    misses = beta**2 * pairs.count((True, False))
    alarms = pairs.count((False, True))
    return hits / (hits + misses + alarms) if hits + misses + alarms else None
