import numpy as np
import pandas as pd


def binary_code(values, positive):
    """Return 1 for the positive word, 0 for the other, NaN for a gap."""
    return np.array([np.nan if pd.isna(value) else float(value == positive) for value in values])


def ordinal_code(values, order):
    """Return the place of each word in the order, from 0 on; NaN for a gap."""
    places = {word: place for place, word in enumerate(order)}
    codes = np.full(len(values), np.nan)
    for row, value in enumerate(values):
        if not pd.isna(value):
            if value not in places:
                raise ValueError(f"{value!r} has no place in the order")
            codes[row] = places[value]
    return codes


def one_hot_code(values, categories):
    """Return a row for each value with a 1 in the column of its category."""
    rows = np.zeros((len(values), len(categories)), dtype=int)
    for row, value in zip(rows, values):
        if value in categories:
            row[categories.index(value)] = 1
    return rows
