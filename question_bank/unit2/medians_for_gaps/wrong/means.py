"""Learns means, which a few wild values drag along.

Caught by: test_six_hives, test_learnt
"""


def learn_medians(table, column, by):
    medians = table.dropna(subset=[column]).groupby(by)[column].mean().to_dict()
    medians[None] = float(table[column].mean())
    return medians


def fill_gaps(table, column, by, medians):
    guesses = [medians.get(group, medians[None]) for group in table[by]]
    flags = table[column].isna().astype(int)
    filled = table[column].where(flags == 0, guesses)
    return table.assign(**{column: filled, f"{column}_was_missing": flags})
