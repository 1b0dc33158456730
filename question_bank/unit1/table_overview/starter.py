import pandas as pd


def overview(table):
    """Return a table with a row for each column of the table: six facts about it."""
    ...
