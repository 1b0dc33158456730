import numpy as np
import pytest


def dealt(groups, k):
    """Deal the groups one by one."""
    fold_of = {}
    for group in groups:
        fold_of.setdefault(group, len(fold_of) % k)
    rows = range(len(groups))
    return [
        ([row for row in rows if fold_of[groups[row]] != fold], [row for row in rows if fold_of[groups[row]] == fold])
        for fold in range(k)
    ]


def as_lists(folds):
    """Return the folds as pairs of lists."""
    return [tuple(np.asarray(part).tolist() for part in pair) for pair in folds]


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Four rows of three patients in two folds."""
    folds = student.group_folds(["p", "q", "p", "r"], 2)
    assert len(folds) == 2, "one tuple for each fold"
    assert as_lists(folds) == [([1], [0, 2, 3]), ([0, 2, 3], [1])]


@pytest.mark.check(points=1)
def test_test_rows(student, rng):
    """The test rows of each fold, for fresh groups that do not stand together."""
    for k in (2, 3, 5):
        groups = rng.permutation([*"uvwxyz", *rng.choice([*"uvwxyz"], 20)]).tolist()
        tests = [test for _, test in as_lists(student.group_folds(groups, k))]
        assert tests == [test for _, test in dealt(groups, k)]


@pytest.mark.check(points=1)
def test_training_rows(student, rng):
    """The training rows of each fold, for fresh groups that do not stand together."""
    for k in (2, 3, 5):
        groups = rng.permutation([*"uvwxyz", *rng.choice([*"uvwxyz"], 20)]).tolist()
        trains = [train for train, _ in as_lists(student.group_folds(groups, k))]
        assert trains == [train for train, _ in dealt(groups, k)]


@pytest.mark.check(points=1)
def test_order_of_appearance(student, rng):
    """Groups named by numbers that appear in another order than their own."""
    for k in (2, 3, 4):
        names = rng.permutation(np.arange(-3, 9))
        groups = np.repeat(names, rng.integers(1, 4, names.size)).tolist()
        assert as_lists(student.group_folds(groups, k)) == dealt(groups, k)


@pytest.mark.check(points=1)
def test_one_group_each(student, rng):
    """As many folds as groups, and groups of a single row."""
    names = rng.permutation([*"abcdefg"]).tolist()
    assert as_lists(student.group_folds(names, 7)) == dealt(names, 7)
    assert as_lists(student.group_folds(names, 6)) == dealt(names, 6)
    twice = names + names[::-1]
    assert as_lists(student.group_folds(twice, 7)) == dealt(twice, 7)
