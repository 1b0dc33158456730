"""Returns the test rows first.

Caught by: test_worked_example, test_test_rows, test_training_rows, test_order_of_appearance, test_one_group_each
"""

def group_folds(groups, k):
    order = list(dict.fromkeys(groups))
    folds = []
    for fold in range(k):
        held_out = order[fold::k]
        test = [row for row, group in enumerate(groups) if group in held_out]
        train = [row for row in range(len(groups)) if row not in test]
        folds.append((test, train))
    return folds
