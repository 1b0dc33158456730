"""Takes the arithmetic mean of precision and recall for F1 instead of the harmonic one.

Caught by: test_ten_people_again, test_fresh_counts, test_f1_where_precision_is_undefined
"""


def share(part, whole):
    return part / whole if whole else float("nan")


def metrics_from_counts(tp, fn, fp, tn):
    precision, recall = share(tp, tp + fp), share(tp, tp + fn)
    return {
        "accuracy": share(tp + tn, tp + fn + fp + tn),
        "accuracy_positive": recall,
        "accuracy_negative": share(tn, tn + fp),
        "precision": precision,
        "recall": recall,
        "specificity": share(tn, tn + fp),
        "f1": (precision + recall) / 2,
    }
