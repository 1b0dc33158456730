import matplotlib.pyplot as plt
import numpy as np


def histogram(values, width):
    """Return the edges of the bins, at multiples of the width, and the number of known values in each bin."""
    ...


def plot_histogram(values, width, name):
    """Draw the histogram with a line at the median; return the figure."""
    ...
