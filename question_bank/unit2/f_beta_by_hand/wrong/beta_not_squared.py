"""Takes beta itself where its square belongs.

Caught by: test_worked_example, test_two_classes, test_several_classes
"""


def f_beta(actual, predicted, positive, beta=1):
    pairs = [(a == positive, p == positive) for a, p in zip(actual, predicted)]
    tp, fn, fp = pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
    whole = (1 + beta) * tp + beta * fn + fp
    return (1 + beta) * tp / whole if whole else None
