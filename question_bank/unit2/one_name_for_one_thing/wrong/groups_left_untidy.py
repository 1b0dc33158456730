"""Tidies the values but looks them up among the spellings as the groups write them.

Caught by: test_seven_values, test_groups, test_rare_ones, test_missing_ones
"""

import re

import pandas as pd


def tidy(text):
    return re.sub(r"[\s_.-]+", " ", text).strip().lower()


def merge_spellings(values, groups, at_least):
    name_of = {spelling: name for name, others in groups.items() for spelling in [name, *others]}
    forms = [None if pd.isna(value) else tidy(value) for value in values]
    named = [name_of.get(form, form) for form in forms]
    return [
        name if name is None or name in groups or named.count(name) >= at_least else "other" for name in named
    ]
