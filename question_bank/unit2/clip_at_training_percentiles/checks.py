import numpy as np
import pandas as pd
import pytest


def tables(rng, gaps=False):
    """Draw training and test rows with three columns on very different scales, the test rows further spread."""
    train = rng.normal([0, 500, -3], [1, 80, 0.1], (60, 3))
    test = rng.normal([1, 450, -3], [3, 150, 0.2], (25, 3))
    if gaps:
        for table in (train, test):
            table[rng.random(table.shape) < 0.2] = np.nan
            table[3] = np.nan
            table[5] = [1.0, 480.0, -3.05]
    return train, test


def between(numbers, low, high):
    """Clip each number by itself; one that is missing stays so."""
    return [number if np.isnan(number) else min(max(number, low), high) for number in numbers]


def expected(train, test, low, high):
    """Compute the result column by column: sort what is known, and interpolate between neighbours."""
    columns, changed = [], []
    for before, after in zip(train.T, test.T, strict=True):
        known = np.sort(before[~np.isnan(before)])
        places = np.array([low, high]) / 100 * (len(known) - 1)
        bounds = np.interp(places, np.arange(len(known)), known)
        columns.append((between(before, *bounds), between(after, *bounds)))
        pairs = zip(after, columns[-1][1], strict=True)
        changed.append(sum(not np.isnan(old) and old != new for old, new in pairs))
    clipped_train, clipped_test = (np.column_stack(part) for part in zip(*columns, strict=True))
    return clipped_train, clipped_test, changed


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with two columns, between the 25th and the 75th percentile."""
    train = np.array([[0.0, 10.0], [1.0, 20.0], [2.0, 30.0], [3.0, 40.0], [4.0, 90.0]])
    test = np.array([[-7.0, 35.0], [2.0, 41.0], [9.0, np.nan]])
    result = student.clip_at_training_percentiles(train, test, 25, 75)
    # the bounds are 1 and 3 in the first column, 20 and 40 in the second
    np.testing.assert_allclose(result["train"], [[1, 20], [1, 20], [2, 30], [3, 40], [3, 40]])
    np.testing.assert_allclose(result["test"], [[1, 35], [2, 40], [3, np.nan]])
    assert list(result["changed"]) == [2, 1]


@pytest.mark.check(points=1)
def test_clipped_rows(student, rng):
    """The clipped rows of fresh tables without missing values, against pandas."""
    for low, high in ((5, 95), (10, 80), (0, 50)):
        train, test = tables(rng)
        wanted = expected(train, test, low, high)
        result = student.clip_at_training_percentiles(train, test, low, high)
        np.testing.assert_allclose(result["train"], wanted[0], err_msg="the training rows are wrong")
        np.testing.assert_allclose(result["test"], wanted[1], err_msg="the test rows are wrong")
    bounds = pd.DataFrame(train).quantile([low / 100, high / 100]).to_numpy()
    np.testing.assert_allclose(result["test"], np.clip(test, *bounds), err_msg="pandas finds other bounds")


@pytest.mark.check(points=1)
def test_missing_values(student, rng):
    """Tables with missing values in both parts."""
    for low, high in ((5, 95), (20, 70)):
        train, test = tables(rng, gaps=True)
        wanted = expected(train, test, low, high)
        result = student.clip_at_training_percentiles(train, test, low, high)
        np.testing.assert_allclose(result["train"], wanted[0], err_msg="the training rows are wrong")
        np.testing.assert_allclose(result["test"], wanted[1], err_msg="the test rows are wrong")


@pytest.mark.check(points=1)
def test_changed_values(student, rng):
    """The number of changed test values in each column, with missing values and with values on a bound."""
    for low, high in ((5, 95), (15, 60)):
        train, test = tables(rng, gaps=True)
        train[5], test[7] = np.nanmax(train, axis=0) + 1, np.nanmin(train, axis=0) - 1
        wanted = expected(train, test, low, high)
        result = student.clip_at_training_percentiles(train, test, low, high)
        assert list(result["changed"]) == wanted[2], "the numbers of changed values are wrong"
    train = np.array([[float(number)] for number in rng.permutation(11)])
    test = np.array([[2.0], [8.0], [5.0], [1.9], [8.1], [np.nan]])
    result = student.clip_at_training_percentiles(train, test, 20, 80)
    assert list(result["changed"]) == [2], "a value on a bound is not changed"


@pytest.mark.check(points=1)
def test_defaults_and_few_rows(student, rng):
    """The default percentages, and a single test row."""
    train, _ = tables(rng)
    train[:2] = [[90.0, -4000.0, 5.0], [-90.0, 9000.0, -50.0]]
    test = np.array([[1000.0, -1e6, float(rng.normal(-3, 0.01))]])
    wanted = expected(train, test, 1, 99)
    result = student.clip_at_training_percentiles(train, test)
    np.testing.assert_allclose(result["train"], wanted[0], err_msg="the training rows are wrong")
    np.testing.assert_allclose(result["test"], wanted[1], err_msg="the single test row is wrong")
    assert list(result["changed"]) == wanted[2], "the numbers of changed values are wrong"
