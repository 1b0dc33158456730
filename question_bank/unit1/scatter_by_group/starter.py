import matplotlib.pyplot as plt


def plot_scatter(table, x, y, group):
    """Draw y against x, a cloud for each group; return the figure."""
    ...
