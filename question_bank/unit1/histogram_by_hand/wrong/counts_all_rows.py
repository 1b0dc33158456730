"""Tells the number of all rows in the title, the missing ones included.

Caught by: test_words_around_the_bars, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt
import numpy as np


def histogram(values, width):
    values = np.asarray(values, dtype=float)
    bins = np.floor(values[~np.isnan(values)] / width)
    edges = np.arange(bins.min(), bins.max() + 2)
    counts = np.array([np.sum(bins == left) for left in edges[:-1]])
    return width * edges, counts


def plot_histogram(values, width, name):
    edges, counts = histogram(values, width)
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    axes.bar(edges[:-1], counts, width, align="edge", edgecolor="white")
    median = np.nanmedian(np.asarray(values, dtype=float))
    axes.axvline(median, color="black", linestyle="--", label=f"median {median:g}")
    axes.set_title(f"{name} of {len(values)} birds")
    axes.set_xlabel(name)
    axes.set_ylabel(f"Birds in each bin of width {width:g}")
    axes.legend()
    return figure
