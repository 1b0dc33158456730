"""Gives each fold a block of neighbouring groups instead of dealing them like cards.

Caught by: test_worked_example, test_test_rows, test_training_rows, test_order_of_appearance, test_one_group_each
"""

def group_folds(groups, k):
    order = list(dict.fromkeys(groups))
    folds = []
    for fold in range(k):
        held_out = [group for place, group in enumerate(order) if place * k // len(order) == fold]
        test = [row for row, group in enumerate(groups) if group in held_out]
        train = [row for row in range(len(groups)) if row not in test]
        folds.append((train, test))
    return folds
