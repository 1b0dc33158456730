"""Tells the number of all rows in the title, the incomplete ones included.

Caught by: test_example_words, test_every_call_a_new_figure
"""

import matplotlib.pyplot as plt


def plot_scatter(table, x, y, group):
    known = table[table[x].notna() & table[y].notna()]
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for name in sorted(known[group].unique()):
        part = known[known[group] == name]
        axes.scatter(part[x], part[y], label=name, marker=".")
    axes.set_title(f"{y} against {x} ({len(table)} birds)")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.legend()
    return figure
