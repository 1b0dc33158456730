"""Asks whether a value is true instead of whether the name is there.

Caught by: test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    merged, conflicts = {}, []
    for name in sorted({*base, *ours, *theirs}):
        old, our, their = base.get(name), ours.get(name), theirs.get(name)
        if our != their and old not in (our, their):
            conflicts.append(name)
            continue
        value = their if our == old else our
        if value:
            merged[name] = value
    return {"merged": merged, "conflicts": conflicts}
