"""Shifts the whole table, so that a hut's first nights are forecast from the last nights of another.

Caught by: test_six_rows, test_huts_in_order, test_rows_in_any_order, test_the_future_does_not_count
"""

import numpy as np


def short_trend(recent):
    return float(recent[-1] - (recent[-2] + recent[-3]) / 2)


def long_trend(recent):
    return float(np.polyfit(np.arange(len(recent)), recent, 1)[0])


def add_trends(nights, window):
    past = nights.sort_values(["hut", "night"])["guests"].shift(1)
    short = past.rolling(3).apply(lambda recent: short_trend(recent.to_numpy()))
    long = past.rolling(window).apply(lambda recent: long_trend(recent.to_numpy()))
    return nights.assign(short_trend=short, long_trend=long)
