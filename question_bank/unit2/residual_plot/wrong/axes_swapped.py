"""Puts the residuals on the x axis.

Caught by: test_every_residual_is_drawn, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt
import numpy as np


def plot_residuals(x, residuals, centres, means, name):
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    axes.scatter(residuals, x, s=12, alpha=0.4, label="a trip")
    axes.axhline(0, color="grey", linestyle="--", label="right on average")
    axes.plot(centres, means, color="tab:red", marker="o", label="mean of a group")
    reach = 1.1 * max(np.abs(residuals))
    axes.set_ylim(-reach, reach)
    axes.set_xlabel(name)
    axes.set_ylabel("Residual (kWh)")
    axes.set_title(f"Residuals by {name}")
    axes.legend(loc="upper right")
    return figure
