"""Lets later dictionaries overwrite earlier ones, without any look at the base.

Caught by: test_worked_example, test_changed_values, test_deleted_names, test_added_names, test_values_that_look_like_nothing
"""


def merge_settings(base, ours, theirs):
    return {"merged": {**base, **ours, **theirs}, "conflicts": []}
