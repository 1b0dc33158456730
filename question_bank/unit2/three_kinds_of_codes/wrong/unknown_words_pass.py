"""Lets a word without a place pass as one beyond the highest, and stops at a name without a column.

Caught by: test_examples, test_a_word_outside_the_order, test_one_hot
"""

import numpy as np
import pandas as pd


def binary_code(values, positive):
    return np.array([np.nan if pd.isna(value) else float(value == positive) for value in values])


def ordinal_code(values, order):
    places = {word: place for place, word in enumerate(order)}
    return np.array([np.nan if pd.isna(value) else places.get(value, len(order)) for value in values])


def one_hot_code(values, categories):
    codes = np.zeros((len(values), len(categories)), dtype=int)
    for row, value in enumerate(values):
        codes[row, categories.index(value)] = 1
    return codes
