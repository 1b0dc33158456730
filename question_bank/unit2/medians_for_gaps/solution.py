import numpy as np
import pandas as pd


def learn_medians(table, column, by):
    """Return the median of a column in each group and, under None, that of all its numbers."""
    known = table[table[column].notna()]
    medians = {None: float(known[column].median())}
    for group in known[by].dropna().unique():
        medians[group] = float(known[column][known[by] == group].median())
    return medians


def fill_gaps(table, column, by, medians):
    """Return the table with the gaps of a column filled and with a column that says where they were."""
    gaps = table[column].isna()
    guesses = [medians[group] if group in medians else medians[None] for group in table[by]]
    filled = np.where(gaps, guesses, table[column])
    return table.assign(**{column: filled, column + "_was_missing": gaps.astype(int)})
