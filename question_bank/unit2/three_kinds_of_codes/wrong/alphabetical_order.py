"""Numbers the words by the alphabet, as an encoder does that has not been told the order.

Caught by: test_examples, test_ordinal, test_a_word_outside_the_order
"""

import numpy as np
import pandas as pd


def binary_code(values, positive):
    return np.array([np.nan if pd.isna(value) else float(value == positive) for value in values])


def ordinal_code(values, order):
    places = {word: place for place, word in enumerate(sorted(order))}
    if any(not pd.isna(value) and value not in places for value in values):
        raise ValueError("unknown word")
    return np.array([places.get(value, np.nan) for value in values])


def one_hot_code(values, categories):
    codes = [[int(value == category) for category in categories] for value in values]
    return np.array(codes, dtype=int).reshape(len(values), len(categories))
