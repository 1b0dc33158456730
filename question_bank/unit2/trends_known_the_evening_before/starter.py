import numpy as np
import pandas as pd


def short_trend(recent):
    """Return how far the last number lies above the mean of the two before it."""
    ...


def long_trend(recent):
    """Return the slope of the least-squares line through the numbers."""
    ...


def add_trends(nights, window):
    """Return the table with the short and the long trend of each hut, as known the evening before."""
    ...
