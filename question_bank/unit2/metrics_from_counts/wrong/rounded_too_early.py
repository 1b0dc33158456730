"""Rounds to four digits inside the function; whoever computes on loses the rest.

Caught by: test_ten_people_again, test_fresh_counts
"""


def share(part, whole):
    return round(part / whole, 4) if whole else float("nan")


def metrics_from_counts(tp, fn, fp, tn):
    return {
        "accuracy": share(tp + tn, tp + fn + fp + tn),
        "accuracy_positive": share(tp, tp + fn),
        "accuracy_negative": share(tn, tn + fp),
        "precision": share(tp, tp + fp),
        "recall": share(tp, tp + fn),
        "specificity": share(tn, tn + fp),
        "f1": share(2 * tp, 2 * tp + fp + fn),
    }
