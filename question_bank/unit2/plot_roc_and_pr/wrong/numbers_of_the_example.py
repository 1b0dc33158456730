"""Draws the numbers tried out while writing the function and not its arguments.

Caught by: test_roc_is_drawn, test_pr_is_drawn, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt


def plot_roc_and_pr(fpr, tpr, recall, precision, prevalence):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")

    left.plot([0, 0, 0.5, 0.5, 1], [0, 0.4, 0.7, 1, 1], label="this test")
    left.plot([0, 1], [0, 1], linestyle="--", color="grey", label="coin-flipping")
    left.set_title("ROC curve")
    left.set_xlabel("False positive rate (share of the healthy who are flagged)")
    left.set_ylabel("True positive rate (recall)")

    right.step([0.4, 0.7, 1, 1], [1, 0.7, 0.8, 0.6], where="pre", label="this test")
    right.plot([0, 1], [prevalence, prevalence], linestyle="--", color="grey", label="prevalence")
    right.set_title("Precision-recall curve")
    right.set_xlabel("Recall (share of the ill who are flagged)")
    right.set_ylabel("Precision (share of the flagged who are ill)")

    for axes in (left, right):
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(-0.02, 1.02)
        axes.legend()
    return figure
