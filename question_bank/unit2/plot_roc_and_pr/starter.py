import matplotlib.pyplot as plt


def plot_roc_and_pr(fpr, tpr, recall, precision, prevalence):
    """Draw the ROC curve on the left and the precision-recall curve on the right; return the figure."""
    ...
