def group_folds(groups, k):
    """Return k tuples (train, test) of lists of row numbers; no group is on both sides."""
    order = list(dict.fromkeys(groups))
    folds = []
    for fold in range(k):
        held_out = order[fold::k]
        test = [row for row, group in enumerate(groups) if group in held_out]
        train = [row for row in range(len(groups)) if row not in test]
        folds.append((train, test))
    return folds
