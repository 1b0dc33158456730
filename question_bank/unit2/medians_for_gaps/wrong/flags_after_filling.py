"""Looks for the gaps after they have been filled, and finds none.

Caught by: test_six_hives, test_flags
"""


def learn_medians(table, column, by):
    medians = table.dropna(subset=[column]).groupby(by)[column].median().to_dict()
    medians[None] = float(table[column].median())
    return medians


def fill_gaps(table, column, by, medians):
    guesses = [medians.get(group, medians[None]) for group in table[by]]
    filled = table.assign(**{column: table[column].where(table[column].notna(), guesses)})
    filled[f"{column}_was_missing"] = filled[column].isna().astype(int)
    return filled
