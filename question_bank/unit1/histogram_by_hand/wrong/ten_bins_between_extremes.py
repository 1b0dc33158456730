"""Takes ten bins between the smallest and the largest value, whatever width is asked for.

Caught by: test_example_counts, test_fresh_counts, test_values_on_edges, test_bars_and_median, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt
import numpy as np


def histogram(values, width):
    values = np.asarray(values, dtype=float)
    counts, edges = np.histogram(values[~np.isnan(values)], 10)
    return edges, counts


def plot_histogram(values, width, name):
    edges, counts = histogram(values, width)
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    axes.bar(edges[:-1], counts, np.diff(edges), align="edge", edgecolor="white")
    median = np.nanmedian(np.asarray(values, dtype=float))
    axes.axvline(median, color="black", linestyle="--", label=f"median {median:g}")
    axes.set_title(f"{name} of {counts.sum()} birds")
    axes.set_xlabel(name)
    axes.set_ylabel(f"Birds in each bin of width {width:g}")
    axes.legend()
    return figure
