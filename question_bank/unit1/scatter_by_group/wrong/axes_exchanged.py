"""Draws x against y, though the labels say the opposite.

Caught by: test_example_points, test_fresh_points, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt


def plot_scatter(table, x, y, group):
    known = table[table[x].notna() & table[y].notna()]
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for name in sorted(known[group].unique()):
        part = known[known[group] == name]
        axes.scatter(part[y], part[x], label=name, marker=".")
    axes.set_title(f"{y} against {x} ({len(known)} birds)")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.legend()
    return figure
