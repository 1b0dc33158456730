import numpy as np
import pandas as pd


def skewness(values):
    """Return the mean cubed deviation in units of the standard deviation."""
    ...


def choose_log(train, limit):
    """Return the names of the columns that are skewed by more than the limit and never negative."""
    ...


def log_columns(table, columns):
    """Return the table with log(1 + x) in the named columns."""
    ...
