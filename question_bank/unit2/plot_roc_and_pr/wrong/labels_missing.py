"""Draws the right lines but says nowhere what they are.

Caught by: test_titles_and_labels, test_honest_frame
"""

import matplotlib.pyplot as plt


def plot_roc_and_pr(fpr, tpr, recall, precision, prevalence):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")

    left.plot(fpr, tpr, label="this test")
    left.plot([0, 1], [0, 1], linestyle="--", color="grey", label="coin-flipping")

    right.step(recall, precision, where="pre", label="this test")
    right.plot([0, 1], [prevalence, prevalence], linestyle="--", color="grey", label="prevalence")

    for axes in (left, right):
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(-0.02, 1.02)
    return figure
