"""Stops at a multiple that the largest value may reach, so that NumPy counts it in the bin before.

Caught by: test_values_on_edges
"""

import matplotlib.pyplot as plt
import numpy as np


def histogram(values, width):
    values = np.asarray(values, dtype=float)
    known = values[~np.isnan(values)]
    first = np.floor(known.min() / width)
    edges = width * np.arange(first, max(np.ceil(known.max() / width), first + 1) + 1)
    return edges, np.histogram(known, edges)[0]


def plot_histogram(values, width, name):
    edges, counts = histogram(values, width)
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    axes.bar(edges[:-1], counts, width, align="edge", edgecolor="white")
    median = np.nanmedian(np.asarray(values, dtype=float))
    axes.axvline(median, color="black", linestyle="--", label=f"median {median:g}")
    axes.set_title(f"{name} of {counts.sum()} birds")
    axes.set_xlabel(name)
    axes.set_ylabel(f"Birds in each bin of width {width:g}")
    axes.legend()
    return figure
