"""Takes the rows of a hut as they stand in the table for their order in time.

Caught by: test_rows_in_any_order, test_the_future_does_not_count
"""

import numpy as np
import pandas as pd


def short_trend(recent):
    return float(recent[-1] - (recent[-2] + recent[-3]) / 2)


def long_trend(recent):
    return float(np.polyfit(np.arange(len(recent)), recent, 1)[0])


def add_trends(nights, window):
    short, long = pd.Series(np.nan, nights.index), pd.Series(np.nan, nights.index)
    for _, own in nights.groupby("hut"):
        guests = own["guests"].to_numpy()
        for place, row in enumerate(own.index):
            if place >= 3:
                short[row] = short_trend(guests[:place])
            if place >= window:
                long[row] = long_trend(guests[place - window : place])
    return nights.assign(short_trend=short, long_trend=long)
