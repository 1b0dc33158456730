"""Divides TN by all who were cleared (the negative predictive value) instead of by all healthy people.

Caught by: test_ten_people_again, test_fresh_counts, test_shares_of_nobody
"""


def share(part, whole):
    return part / whole if whole else float("nan")


def metrics_from_counts(tp, fn, fp, tn):
    return {
        "accuracy": share(tp + tn, tp + fn + fp + tn),
        "accuracy_positive": share(tp, tp + fn),
        "accuracy_negative": share(tn, tn + fp),
        "precision": share(tp, tp + fp),
        "recall": share(tp, tp + fn),
        "specificity": share(tn, tn + fn),
        "f1": share(2 * tp, 2 * tp + fp + fn),
    }
