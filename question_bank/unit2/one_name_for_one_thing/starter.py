import re

import pandas as pd


def tidy(text):
    """Return a text in small letters, with single blanks between its words."""
    ...


def merge_spellings(values, groups, at_least):
    """Return one name for each value: that of its group, its own tidy form, "other", or None."""
    ...
