"""Takes the median of the groups' medians for that of all numbers, and forgets rows without a group.

Caught by: test_six_hives, test_learnt
"""


def learn_medians(table, column, by):
    of_groups = table.dropna(subset=[column]).groupby(by)[column].median()
    return {**of_groups.to_dict(), None: float(of_groups.median())}


def fill_gaps(table, column, by, medians):
    guesses = [medians.get(group, medians[None]) for group in table[by]]
    flags = table[column].isna().astype(int)
    filled = table[column].where(flags == 0, guesses)
    return table.assign(**{column: filled, f"{column}_was_missing": flags})
