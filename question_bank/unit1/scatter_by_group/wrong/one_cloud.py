"""Draws all points in one call and one colour, so that the groups cannot be told apart.

Caught by: test_example_words, test_example_points, test_fresh_points, test_colours_and_legend, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt


def plot_scatter(table, x, y, group):
    known = table[table[x].notna() & table[y].notna()]
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    axes.scatter(known[x], known[y], label="birds")
    axes.set_title(f"{y} against {x} ({len(known)} birds)")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.legend()
    return figure
