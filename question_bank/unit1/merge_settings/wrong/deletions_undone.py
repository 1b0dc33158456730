"""Takes a name that a branch lacks as unchanged there, so that deletions are lost.

Caught by: test_deleted_names, test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    merged, conflicts = {}, []
    for name in sorted({*base, *ours, *theirs}):
        old, our, their = base.get(name), ours.get(name, base.get(name)), theirs.get(name, base.get(name))
        if our != their and old not in (our, their):
            conflicts.append(name)
            continue
        value = their if our == old else our
        if value is not None:
            merged[name] = value
    return {"merged": merged, "conflicts": conflicts}
