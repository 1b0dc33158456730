"""Deletes hyphens and the like instead of putting a blank, and replaces each blank by itself.

Caught by: test_seven_values, test_tidy, test_groups, test_rare_ones, test_missing_ones
"""

import re

import pandas as pd


def tidy(text):
    return re.sub(r"[_.-]", "", text).strip().lower()


def merge_spellings(values, groups, at_least):
    name_of = {tidy(spelling): name for name, others in groups.items() for spelling in [name, *others]}
    forms = [None if pd.isna(value) else tidy(value) for value in values]
    named = [name_of.get(form, form) for form in forms]
    return [
        name if name is None or name in groups or named.count(name) >= at_least else "other" for name in named
    ]
