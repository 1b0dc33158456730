"""Makes the one-hot columns from the values at hand, in the order of the alphabet.

Caught by: test_examples, test_one_hot
"""

import numpy as np
import pandas as pd


def binary_code(values, positive):
    return np.array([np.nan if pd.isna(value) else float(value == positive) for value in values])


def ordinal_code(values, order):
    places = {word: place for place, word in enumerate(order)}
    if any(not pd.isna(value) and value not in places for value in values):
        raise ValueError("unknown word")
    return np.array([places.get(value, np.nan) for value in values])


def one_hot_code(values, categories):
    return pd.get_dummies(pd.Series(list(values), dtype=object)).to_numpy(dtype=int)
