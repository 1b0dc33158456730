"""Drops rows in which any column is missing, also one that is not drawn.

Caught by: test_fresh_points
"""

import matplotlib.pyplot as plt


def plot_scatter(table, x, y, group):
    known = table.dropna()
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for name in sorted(known[group].unique()):
        part = known[known[group] == name]
        axes.scatter(part[x], part[y], label=name, marker=".")
    axes.set_title(f"{y} against {x} ({len(known)} birds)")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.legend()
    return figure
