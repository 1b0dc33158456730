"""Divides without asking whether there is anybody to take a share of.

Caught by: test_shares_of_nobody, test_f1_where_precision_is_undefined
"""


def metrics_from_counts(tp, fn, fp, tn):
    return {
        "accuracy": (tp + tn) / (tp + fn + fp + tn),
        "accuracy_positive": tp / (tp + fn),
        "accuracy_negative": tn / (tn + fp),
        "precision": tp / (tp + fp),
        "recall": tp / (tp + fn),
        "specificity": tn / (tn + fp),
        "f1": 2 * tp / (2 * tp + fp + fn),
    }
