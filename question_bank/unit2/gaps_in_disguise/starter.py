import pandas as pd


def open_gaps(table, markers):
    """Return the table with its markers turned into gaps, and how many each column had, as a tuple."""
    ...
