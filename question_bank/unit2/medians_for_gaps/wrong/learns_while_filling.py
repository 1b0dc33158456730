"""Computes the medians afresh from the rows that are to be filled, and ignores those that were learnt.

Caught by: test_six_hives, test_filled, test_the_rest_stays
"""


def learn_medians(table, column, by):
    medians = table.dropna(subset=[column]).groupby(by)[column].median().to_dict()
    medians[None] = float(table[column].median())
    return medians


def fill_gaps(table, column, by, medians):
    flags = table[column].isna().astype(int)
    own = table.groupby(by)[column].transform("median")
    return table.assign(**{column: table[column].fillna(own), f"{column}_was_missing": flags})
