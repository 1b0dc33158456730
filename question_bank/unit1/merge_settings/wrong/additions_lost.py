"""Looks only at the names of the base, so that additions vanish.

Caught by: test_added_names, test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    merged, conflicts = {}, []
    for name in sorted({*base}):
        old, our, their = base.get(name), ours.get(name), theirs.get(name)
        if our != their and old not in (our, their):
            conflicts.append(name)
            continue
        value = their if our == old else our
        if value is not None:
            merged[name] = value
    return {"merged": merged, "conflicts": conflicts}
