"""Codes a gap as 0, as if somebody had answered no, or chosen the lowest level.

Caught by: test_examples, test_binary, test_ordinal
"""

import numpy as np
import pandas as pd


def binary_code(values, positive):
    return np.array([float(value == positive) for value in values])


def ordinal_code(values, order):
    places = {word: place for place, word in enumerate(order)}
    if any(not pd.isna(value) and value not in places for value in values):
        raise ValueError("unknown word")
    return np.array([float(places.get(value, 0)) for value in values])


def one_hot_code(values, categories):
    codes = [[int(value == category) for category in categories] for value in values]
    return np.array(codes, dtype=int).reshape(len(values), len(categories))
