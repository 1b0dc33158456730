import pandas as pd


def open_gaps(table, markers):
    """Return the table with its markers turned into gaps, and how many each column had, as a tuple."""
    opened = {}
    found = {}
    for column, signs in markers.items():
        values = tidied = table[column]
        if not pd.api.types.is_numeric_dtype(values):
            tidied = values.str.strip().str.lower()
            signs = [sign.strip().lower() for sign in signs]
        hidden = tidied.isin(signs)
        opened[column] = values.where(~hidden)
        found[column] = int(hidden.sum())
    return table.assign(**opened), found
