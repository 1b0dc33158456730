"""Reports 0 where a share of nobody is asked for, which claims to know what nobody knows.

Caught by: test_shares_of_nobody
"""


def share(part, whole):
    return part / whole if whole else 0.0


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
