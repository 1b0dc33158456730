import numpy as np
import pandas as pd


def quality_report(table, valid):
    """Return a table with the missing, distinct, invalid and usable values of each column."""
    ...


def repeated_rows(table):
    """Return how many rows are copies of an earlier one."""
    ...
