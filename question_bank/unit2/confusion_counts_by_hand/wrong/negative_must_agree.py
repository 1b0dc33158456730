"""Counts a true negative only where both labels are the same, so two different negative labels get lost.

Caught by: test_one_class_against_the_rest
"""


def confusion_counts(actual, predicted, positive):
    counts = {"tp": 0, "fn": 0, "fp": 0, "tn": 0}
    for truth, claim in zip(actual, predicted):
        if truth == claim:
            counts["tp" if truth == positive else "tn"] += 1
        elif truth == positive:
            counts["fn"] += 1
        elif claim == positive:
            counts["fp"] += 1
    return counts
