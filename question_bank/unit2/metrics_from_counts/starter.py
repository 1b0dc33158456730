def metrics_from_counts(tp, fn, fp, tn):
    """Compute the seven metrics of a two-class confusion matrix.

    Returns a dict with the keys "accuracy", "accuracy_positive", "accuracy_negative",
    "precision", "recall", "specificity" and "f1"; an undefined value is nan.
    """
    ...
