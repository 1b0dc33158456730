"""Swaps precision and recall: divides by the row of the matrix where the column was asked for.

Caught by: test_ten_people_again, test_fresh_counts, test_shares_of_nobody
"""


def share(part, whole):
    return part / whole if whole else float("nan")


def metrics_from_counts(tp, fn, fp, tn):
    return {
        "accuracy": share(tp + tn, tp + fn + fp + tn),
        "accuracy_positive": share(tp, tp + fn),
        "accuracy_negative": share(tn, tn + fp),
        "precision": share(tp, tp + fn),
        "recall": share(tp, tp + fp),
        "specificity": share(tn, tn + fp),
        "f1": share(2 * tp, 2 * tp + fp + fn),
    }
