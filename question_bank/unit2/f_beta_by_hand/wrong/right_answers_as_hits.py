"""Counts every right answer as a true positive, and every wrong one by the actual class alone.

Caught by: test_worked_example, test_two_classes, test_several_classes, test_nothing_found, test_positive_class_absent
"""


def f_beta(actual, predicted, positive, beta=1):
    tp = sum(a == p for a, p in zip(actual, predicted))
    fn = sum(a != p and a == positive for a, p in zip(actual, predicted))
    fp = sum(a != p and a != positive for a, p in zip(actual, predicted))
    whole = (1 + beta**2) * tp + beta**2 * fn + fp
    return (1 + beta**2) * tp / whole if whole else None
