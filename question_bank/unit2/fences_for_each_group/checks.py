import numpy as np
import pandas as pd
import pytest

LEVELS = {"ivy": (6, 2), "lime": (40, 6), "heather": (15, 1), "dill": (90, 20)}


def _harvest(rng, sizes):
    """Draw values around the level of each group, with a few wild ones and gaps, in random order."""
    names = rng.permutation([name for name, size in sizes.items() for _ in range(size)])
    values = np.array([rng.normal(*LEVELS[name]) for name in names])
    wild = rng.random(len(names)) < 0.15
    values[wild] = rng.uniform(-150, 250, wild.sum())
    values[rng.random(len(names)) < 0.1] = np.nan
    for name in sizes:
        values[np.flatnonzero(names == name)[0]] = LEVELS[name][0]
    index = rng.permutation(len(names)) + 10
    return pd.Series(values, index=index), pd.Series([str(name) for name in names], index=index)


def _fences(values, groups, low, high, at_least):
    """Learn fences with plain lists."""
    everything = [value for value in values.tolist() if value == value]
    fences = {}
    for name in set(groups.tolist()):
        own = [v for v, g in zip(values.tolist(), groups.tolist(), strict=True) if g == name and v == v]
        numbers = own if len(own) >= at_least else everything
        fences[name] = tuple(float(np.quantile(numbers, share / 100)) for share in (low, high))
    return fences


def _same_fences(answer, expected):
    """Tell whether two dictionaries of pairs are equal but for rounding."""
    assert answer is not None, "learn_fences returned None: does it end with a return?"
    flat = {(name, end): ends[end] for name, ends in dict(answer).items() for end in (0, 1)}
    return flat == pytest.approx({(name, end): ends[end] for name, ends in expected.items() for end in (0, 1)})


def _clipped(values, groups, fences):
    """Clip one by one, in plain Python."""
    clipped, moved = [], dict.fromkeys(groups.tolist(), 0)
    for value, name in zip(values.tolist(), groups.tolist(), strict=True):
        if value == value and name in fences:
            inside = min(max(value, fences[name][0]), fences[name][1])
            moved[name] += inside != value
            value = inside
        clipped.append(value)
    return clipped, moved


def _agrees(answer, values, expected):
    """Tell whether a clipped Series and its numbers of moved values are as expected."""
    assert answer is not None, "clip_to_fences returned None: does it end with a return?"
    clipped, moved = answer
    assert list(clipped.index) == list(values.index), "The index stays."
    np.testing.assert_allclose(np.asarray(clipped, dtype=float), expected[0])
    return dict(moved) == expected[1]


@pytest.mark.check(points=1, visible=True)
def test_seven_harvests(student):
    """The seven values of the example: fences, clipped values, and how many moved."""
    values = pd.Series([1, 2, 3, 4, 90, 50, np.nan])
    groups = pd.Series(["ivy"] * 5 + ["lime"] * 2)
    assert _same_fences(student.learn_fences(values, groups, 25, 75, 3), {"ivy": (2, 4), "lime": (2.25, 38.5)})
    answer = student.clip_to_fences(values, groups, {"ivy": (2.0, 4.0), "lime": (2.25, 38.5)})
    assert _agrees(answer, values, ([2, 2, 3, 4, 4, 38.5, np.nan], {"ivy": 2, "lime": 1}))


@pytest.mark.check(points=2)
def test_own_fences(student, rng):
    """Fences of fresh groups that are all large enough, at several percentages."""
    for low, high in ((5, 95), (0, 80), (10, 100), (1, 99)):
        values, groups = _harvest(rng, {"ivy": 25, "lime": 40, "heather": 31})
        expected = _fences(values, groups, low, high, 2)
        assert _same_fences(student.learn_fences(values, groups, low, high, 2), expected)


@pytest.mark.check(points=1)
def test_small_groups(student, rng):
    """Groups with too few numbers, gaps not counted as numbers, and groups with just enough."""
    for limit in (6, 9):
        values, groups = _harvest(rng, {"ivy": 40, "lime": limit + 3, "heather": limit - 1, "dill": 4})
        lime = values.index[groups == "lime"]
        for numbers in (limit, limit - 1):
            values[lime] = rng.normal(40, 6, limit + 3)
            values[lime[numbers:]] = np.nan
            expected = _fences(values, groups, 10, 90, limit)
            assert _same_fences(student.learn_fences(values, groups, 10, 90, limit), expected)


@pytest.mark.check(points=2)
def test_clipped(student, rng):
    """Fresh values at fences from elsewhere, with values on a fence, gaps, and a group without fences."""
    for size in (15, 40):
        values, groups = _harvest(rng, {"ivy": size, "lime": size, "dill": 9})
        edge = float(rng.integers(42, 47))
        values.iloc[:3], groups.iloc[:3] = edge, "lime"
        fences = {"ivy": (4.5, 7.25), "lime": (33.0, edge), "thyme": (0.0, 1.0)}
        answer = student.clip_to_fences(values, groups, fences)
        assert _agrees(answer, values, _clipped(values, groups, fences))


@pytest.mark.check(points=1)
def test_moved(student, rng):
    """How many were moved, where a group lies inside its fences, on them, and where it is one gap."""
    values = pd.Series(rng.permutation(12).astype(float))
    groups = pd.Series(["ivy"] * 8 + ["lime"] * 4)
    for fences in ({"ivy": (3.0, 8.0), "lime": (0.0, 11.0)}, {"ivy": (-5.0, 30.0), "lime": (2.0, 9.0)}):
        answer = student.clip_to_fences(values, groups, fences)
        assert _agrees(answer, values, _clipped(values, groups, fences))
    gap = pd.Series([np.nan, 5.0])
    answer = student.clip_to_fences(gap, pd.Series(["lime", "ivy"]), {"ivy": (1.0, 2.5), "lime": (1.0, 2.0)})
    assert _agrees(answer, gap, ([np.nan, 2.5], {"lime": 0, "ivy": 1}))
