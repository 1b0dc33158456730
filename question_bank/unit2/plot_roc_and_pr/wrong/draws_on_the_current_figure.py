"""Draws on whatever figure is current, so a second call paints over the first.

Caught by: test_roc_is_drawn, test_pr_is_drawn, test_honest_frame, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt


def plot_roc_and_pr(fpr, tpr, recall, precision, prevalence):
    figure = plt.gcf()
    left = plt.subplot(1, 2, 1)
    right = plt.subplot(1, 2, 2)

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

    for axes in (left, right):
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(-0.02, 1.02)
        axes.legend()
    return figure
