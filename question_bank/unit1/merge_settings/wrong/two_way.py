"""Compares the branches alone: whatever differs is a conflict.

Caught by: test_worked_example, test_changed_values, test_deleted_names, test_added_names, test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    names = sorted({*ours, *theirs})
    conflicts = [name for name in names if ours.get(name) != theirs.get(name)]
    return {"merged": {name: ours[name] for name in names if name not in conflicts}, "conflicts": conflicts}
