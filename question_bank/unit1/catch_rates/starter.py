import matplotlib.pyplot as plt
import pandas as pd


def catch_rates(table, group, hours, per=100):
    """Return birds, hours and rate of each net, the highest rate first."""
    ...


def plot_rates(rates, unit):
    """Draw a bar for each net, with the number of birds at it; return the figure."""
    ...
