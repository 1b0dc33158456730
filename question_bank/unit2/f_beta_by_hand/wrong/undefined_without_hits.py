"""Calls the score undefined whenever there is no true positive.

Caught by: test_nothing_found
"""


def f_beta(actual, predicted, positive, beta=1):
    pairs = [(a == positive, p == positive) for a, p in zip(actual, predicted)]
    tp, fn, fp = pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
    whole = (1 + beta**2) * tp + beta**2 * fn + fp
    return (1 + beta**2) * tp / whole if tp else None
