"""Ends the window with tonight, so that each trend contains what is to be forecast.

Caught by: test_six_rows, test_huts_in_order, test_rows_in_any_order, test_the_future_does_not_count
"""

import numpy as np
import pandas as pd


def short_trend(recent):
    return float(recent[-1] - (recent[-2] + recent[-3]) / 2)


def long_trend(recent):
    return float(np.polyfit(np.arange(len(recent)), recent, 1)[0])


def add_trends(nights, window):
    short, long = pd.Series(np.nan, nights.index), pd.Series(np.nan, nights.index)
    for _, own in nights.sort_values("night").groupby("hut"):
        guests = own["guests"].to_numpy()
        for place, row in enumerate(own.index):
            if place >= 2:
                short[row] = short_trend(guests[: place + 1])
            if place >= window - 1:
                long[row] = long_trend(guests[place + 1 - window : place + 1])
    return nights.assign(short_trend=short, long_trend=long)
