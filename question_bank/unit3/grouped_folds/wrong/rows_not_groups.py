"""Deals the rows instead of the groups, so a patient lands on both sides.

Caught by: test_worked_example, test_test_rows, test_training_rows, test_order_of_appearance, test_one_group_each
"""

def group_folds(groups, k):
    folds = []
    for fold in range(k):
        test = [row for row in range(len(groups)) if row % k == fold]
        train = [row for row in range(len(groups)) if row not in test]
        folds.append((train, test))
    return folds
