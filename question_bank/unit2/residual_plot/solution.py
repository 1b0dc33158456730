import matplotlib.pyplot as plt
import numpy as np


def plot_residuals(x, residuals, centres, means, name):
    """Draw the residuals against x, with a line at zero and one through the means of the groups; return the figure."""
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    axes.scatter(x, residuals, alpha=0.4, label="a trip")
    axes.axhline(0, color="grey", linestyle="--", label="right on average")
    axes.plot(centres, means, color="tab:red", marker="o", label="mean of a group")
    reach = 1.3 * max(np.abs(residuals))
    axes.set_ylim(-reach, reach)
    axes.set_xlabel(name)
    axes.set_ylabel("Residual (kWh)")
    axes.set_title(f"Residuals by {name}")
    axes.legend()
    return figure
