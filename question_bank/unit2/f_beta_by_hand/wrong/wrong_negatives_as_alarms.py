"""Counts each confusion among the other classes as a false alarm.

Caught by: test_several_classes, test_positive_class_absent
"""


def f_beta(actual, predicted, positive, beta=1):
    tp = sum(a == p == positive for a, p in zip(actual, predicted))
    fn = sum(a == positive != p for a, p in zip(actual, predicted))
    fp = sum(a != p and a != positive for a, p in zip(actual, predicted))
    whole = (1 + beta**2) * tp + beta**2 * fn + fp
    return (1 + beta**2) * tp / whole if whole else None
