import numpy as np
import pytest
from fairlearn.metrics import true_positive_rate


def rates_of(y_true, y_pred, group):
    """Return the rate of each group, each of which has actual positives."""
    return {name: y_pred[(group == name) & (y_true == 1)].mean() for name in sorted(set(group))}


def gap_between(y_true, y_pred, group):
    """Return the largest minus the smallest rate."""
    rates = rates_of(y_true, y_pred, group).values()
    return max(rates) - min(rates)


def audited_people(rng, names):
    """Draw labels, predictions and groups of unequal sizes; no two groups have the same true positive rate."""
    y_true, y_pred, group = [], [], []
    for name, tenths in zip(names, rng.choice(np.arange(1, 10), len(names), replace=False), strict=True):
        tens, negatives = rng.integers(1, 4), rng.integers(8, 21)
        y_true += [1] * (10 * tens) + [0] * negatives
        y_pred += [1] * (tenths * tens) + [0] * ((10 - tenths) * tens) + list(rng.integers(0, 2, negatives))
        group += [name] * (10 * tens + negatives)
    order = rng.permutation(len(group))
    return np.array(y_true)[order], np.array(y_pred)[order], np.array(group)[order]


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with two groups."""
    group = ["day", "day", "day", "day", "night", "night", "night", "night"]
    y_true = [1, 1, 0, 0, 1, 1, 1, 1]
    y_pred = [1, 0, 1, 1, 1, 1, 1, 0]
    result = student.equal_opportunity(y_true, y_pred, group)
    # day: 2 are actually positive and 1 of them is found; night: 4, and 3 of them are found
    assert result["rates"] == pytest.approx({"day": 1 / 2, "night": 3 / 4})
    assert result["difference"] == pytest.approx(3 / 4 - 1 / 2)


@pytest.mark.check(points=1)
def test_rates(student, rng):
    """The rate of each group on fresh random data, against fairlearn."""
    for names in (["a", "b"], ["north", "east", "south", "west"]):
        y_true, y_pred, group = audited_people(rng, names)
        result = student.equal_opportunity(y_true, y_pred, group)
        wanted = rates_of(y_true, y_pred, group)
        assert result["rates"] == pytest.approx(wanted), "a group's rate is wrong, or a group is missing"
    north = group == "north"
    found = true_positive_rate(y_true[north], y_pred[north])
    assert result["rates"]["north"] == pytest.approx(found), "fairlearn finds another rate"


@pytest.mark.check(points=1)
def test_difference(student, rng):
    """The difference between the extreme groups on fresh random data."""
    for count in (2, 4, 6, 7):
        y_true, y_pred, group = audited_people(rng, [f"site {number}" for number in range(count)])
        gap = gap_between(y_true, y_pred, group)
        result = student.equal_opportunity(y_true.tolist(), y_pred.tolist(), group.tolist())
        assert result["difference"] == pytest.approx(gap), "the difference is not the one between the extreme groups"


@pytest.mark.check(points=1)
def test_no_positives(student, rng):
    """A group in which nobody is actually positive is left out of the difference."""
    for names in (["left", "middle", "right"], ["east", "middle", "west"], ["high", "low", "middle"]):
        y_true, y_pred, group = audited_people(rng, names)
        y_true[group == "middle"] = 0
        judged = group != "middle"
        gap = gap_between(y_true[judged], y_pred[judged], group[judged])
        result = student.equal_opportunity(y_true, y_pred, group)
        assert set(result["rates"]) == set(names), "each group of the data belongs into the rates"
        assert result["rates"]["middle"] is None, "a group without actual positives has no rate"
        assert result["difference"] == pytest.approx(gap), "a group without a rate must not change the difference"


@pytest.mark.check(points=1)
def test_nothing_to_compare(student, rng):
    """With fewer than two rates there is no difference."""
    y_true, y_pred, group = audited_people(rng, ["red", "blue"])
    y_true[group == "red"] = 0
    blue = y_pred[(group == "blue") & (y_true == 1)].mean()
    result = student.equal_opportunity(y_true, y_pred, group)
    assert result["rates"] == pytest.approx({"red": None, "blue": blue}), "the rates are wrong with one group to judge"
    assert result["difference"] is None, "one rate alone cannot be compared"
    result = student.equal_opportunity([0, 0, 0], [1, 0, 1], ["red", "blue", "red"])
    assert result["rates"] == {"red": None, "blue": None}, "without actual positives no group has a rate"
    assert result["difference"] is None, "without rates there is no difference"
