"""Counts the values as they were written, so that a frequent thing with many spellings ends as "other".

Caught by: test_seven_values, test_rare_ones, test_missing_ones
"""

import re

import pandas as pd


def tidy(text):
    return re.sub(r"[\s_.-]+", " ", text).strip().lower()


def merge_spellings(values, groups, at_least):
    values = list(values)
    name_of = {tidy(spelling): name for name, others in groups.items() for spelling in [name, *others]}
    merged = []
    for value in values:
        if pd.isna(value):
            merged.append(None)
        elif tidy(value) in name_of:
            merged.append(name_of[tidy(value)])
        else:
            merged.append(tidy(value) if values.count(value) >= at_least else "other")
    return merged
