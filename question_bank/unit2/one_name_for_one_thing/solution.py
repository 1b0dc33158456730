import re

import pandas as pd


def tidy(text):
    """Return a text in small letters, with single blanks between its words."""
    return re.sub(r"[\s_.-]+", " ", text).strip().lower()


def merge_spellings(values, groups, at_least):
    """Return one name for each value: that of its group, its own tidy form, "other", or None."""
    name_of = {tidy(spelling): name for name, others in groups.items() for spelling in [name] + others}
    forms = [None if pd.isna(value) else tidy(value) for value in values]
    merged = []
    for form in forms:
        if form is None or form in name_of:
            merged.append(name_of.get(form))
        elif forms.count(form) >= at_least:
            merged.append(form)
        else:
            merged.append("other")
    return merged
