"""Deals the groups in sorted order instead of the order of appearance.

Caught by: test_test_rows, test_training_rows, test_order_of_appearance, test_one_group_each
"""

def group_folds(groups, k):
    order = sorted(set(groups))
    folds = []
    for fold in range(k):
        held_out = order[fold::k]
        test = [row for row, group in enumerate(groups) if group in held_out]
        train = [row for row in range(len(groups)) if row not in test]
        folds.append((train, test))
    return folds
