"""Puts the square of beta beside the false alarms, so that a large beta favours precision.

Caught by: test_worked_example, test_two_classes, test_several_classes
"""


def f_beta(actual, predicted, positive, beta=1):
    pairs = [(a == positive, p == positive) for a, p in zip(actual, predicted)]
    tp, fn, fp = pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
    whole = (1 + beta**2) * tp + fn + beta**2 * fp
    return (1 + beta**2) * tp / whole if whole else None
