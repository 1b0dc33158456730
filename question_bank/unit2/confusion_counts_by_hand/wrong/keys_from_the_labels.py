"""Looks up only the labels that occur, so an outcome that never happens has no key.

Caught by: test_empty_and_one_sided
"""


def confusion_counts(actual, predicted, positive):
    counts = {}
    for truth, claim in zip(actual, predicted):
        right = (truth == positive) == (claim == positive)
        key = ("t" if right else "f") + ("p" if claim == positive else "n")
        counts[key] = counts.get(key, 0) + 1
    return counts
