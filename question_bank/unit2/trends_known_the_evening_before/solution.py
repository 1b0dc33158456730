import numpy as np
import pandas as pd


def short_trend(recent):
    """Return how far the last number lies above the mean of the two before it."""
    return float(recent[-1] - (recent[-2] + recent[-3]) / 2)


def long_trend(recent):
    """Return the slope of the least-squares line through the numbers."""
    steps = np.arange(len(recent)) - np.mean(np.arange(len(recent)))
    return float(np.sum(steps * recent) / np.sum(steps**2))


def add_trends(nights, window):
    """Return the table with the short and the long trend of each hut, as known the evening before."""
    short, long = pd.Series(np.nan, nights.index), pd.Series(np.nan, nights.index)
    for _, own in nights.sort_values("night").groupby("hut"):
        guests = own["guests"].to_numpy()
        for place, row in enumerate(own.index):
            if place >= 3:
                short[row] = short_trend(guests[:place])
            if place >= window:
                long[row] = long_trend(guests[place - window : place])
    return nights.assign(short_trend=short, long_trend=long)
