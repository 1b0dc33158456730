import matplotlib.pyplot as plt


def plot_roc_and_pr(fpr, tpr, recall, precision, prevalence):
    """Draw the ROC curve on the left and the precision-recall curve on the right; return the figure."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")

    left.plot(fpr, tpr, label="this test")
    left.plot([0, 1], [0, 1], linestyle="--", color="grey", label="coin-flipping")
    left.set_title("ROC curve")
    left.set_xlabel("False positive rate (share of the healthy who are flagged)")
    left.set_ylabel("True positive rate (recall)")

    right.step(recall, precision, where="pre", label="this test")
    right.plot([0, 1], [prevalence, prevalence], linestyle="--", color="grey", label="prevalence")
    right.set_title("Precision-recall curve")
    right.set_xlabel("Recall (share of the ill who are flagged)")
    right.set_ylabel("Precision (share of the flagged who are ill)")

    for axes in figure.axes:
        axes.set_ylim(-0.05, 1.05)  # from left to right the reference lines see to it
        axes.legend()
    return figure
