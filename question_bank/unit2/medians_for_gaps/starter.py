import numpy as np
import pandas as pd


def learn_medians(table, column, by):
    """Return the median of a column in each group and, under None, that of all its numbers."""
    ...


def fill_gaps(table, column, by, medians):
    """Return the table with the gaps of a column filled and with a column that says where they were."""
    ...
