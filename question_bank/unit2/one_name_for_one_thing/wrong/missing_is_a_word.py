"""Turns a gap into the text "None" or "nan", which then is a category like any other.

Caught by: test_seven_values, test_missing_ones
"""

import re


def tidy(text):
    return re.sub(r"[\s_.-]+", " ", str(text)).strip().lower()


def merge_spellings(values, groups, at_least):
    name_of = {tidy(spelling): name for name, others in groups.items() for spelling in [name, *others]}
    named = [name_of.get(tidy(value), tidy(value)) for value in values]
    return [name if name in groups or named.count(name) >= at_least else "other" for name in named]
