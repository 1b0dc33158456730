def equal_opportunity(y_true, y_pred, group):
    """Return {"rates": true positive rate of each group, "difference": largest minus smallest rate}."""
    # Your code here
    return {"rates": {}, "difference": None}
