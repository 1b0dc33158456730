"""Leaves the y axis to matplotlib, which fits it to the cloud and so hides that the cloud is one-sided.

Caught by: test_honest_frame
"""

import matplotlib.pyplot as plt
import numpy as np


def plot_residuals(x, residuals, centres, means, name):
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    axes.scatter(x, residuals, s=12, alpha=0.4, label="a trip")
    axes.axhline(0, color="grey", linestyle="--", label="right on average")
    axes.plot(centres, means, color="tab:red", marker="o", label="mean of a group")
    axes.set_xlabel(name)
    axes.set_ylabel("Residual (kWh)")
    axes.set_title(f"Residuals by {name}")
    axes.legend(loc="upper right")
    return figure
