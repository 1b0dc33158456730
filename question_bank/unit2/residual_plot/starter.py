import matplotlib.pyplot as plt
import numpy as np


def plot_residuals(x, residuals, centres, means, name):
    """Draw the residuals against x, with a line at zero and one through the means of the groups; return the figure."""
    ...
