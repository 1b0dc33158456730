import numpy as np
import pandas as pd


def binary_code(values, positive):
    """Return 1 for the positive word, 0 for the other, NaN for a gap."""
    ...


def ordinal_code(values, order):
    """Return the place of each word in the order, from 0 on; NaN for a gap."""
    ...


def one_hot_code(values, categories):
    """Return a row for each value with a 1 in the column of its category."""
    ...
