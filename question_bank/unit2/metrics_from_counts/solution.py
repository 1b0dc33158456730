def share(part, whole):
    """Return part / whole, or nan where there is nobody to take a share of."""
    return part / whole if whole else float("nan")


def metrics_from_counts(tp, fn, fp, tn):
    """Compute the seven metrics of a two-class confusion matrix.

    Returns a dict with the keys "accuracy", "accuracy_positive", "accuracy_negative",
    "precision", "recall", "specificity" and "f1"; an undefined value is nan.
    """
    recall = share(tp, tp + fn)
    specificity = share(tn, tn + fp)
    return {
        "accuracy": share(tp + tn, tp + fn + fp + tn),
        "accuracy_positive": recall,
        "accuracy_negative": specificity,
        "precision": share(tp, tp + fp),
        "recall": recall,
        "specificity": specificity,
        "f1": share(2 * tp, 2 * tp + fp + fn),
    }
