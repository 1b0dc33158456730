"""Goes by precision and recall, and divides by 0 where one of them is not defined or both are 0.

Caught by: test_nothing_found, test_positive_class_absent
"""


def f_beta(actual, predicted, positive, beta=1):
    pairs = [(a == positive, p == positive) for a, p in zip(actual, predicted)]
    tp, fn, fp = pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
