import numpy as np
import pandas as pd


def skewness(values):
    """Return the mean cubed deviation in units of the standard deviation."""
    values = values[~np.isnan(values)]
    if np.min(values) == np.max(values):
        return 0.0
    deviations = values - np.mean(values)
    spread = np.sqrt(np.mean(deviations**2))
    return float(np.mean(deviations**3) / spread**3)


def choose_log(train, limit):
    """Return the names of the columns that are skewed by more than the limit and never negative."""
    return [name for name in train.columns if train[name].min() >= 0 and skewness(train[name]) > limit]


def log_columns(table, columns):
    """Return the table with log(1 + x) in the named columns."""
    return table.assign(**{name: np.log1p(table[name].clip(lower=0)) for name in columns})
