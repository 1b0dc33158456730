"""Reports a conflict as soon as both branches differ from the base, even if they agree.

Caught by: test_changed_values, test_deleted_names, test_added_names, test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    merged, conflicts = {}, []
    for name in sorted({*base, *ours, *theirs}):
        old, our, their = base.get(name), ours.get(name), theirs.get(name)
        if old not in (our, their):
            conflicts.append(name)
            continue
        value = their if our == old else our
        if value is not None:
            merged[name] = value
    return {"merged": merged, "conflicts": conflicts}
