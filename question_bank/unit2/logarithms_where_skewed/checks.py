import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats


def _skewness(values):
    """Compare the third moment with the second."""
    apart = values - values.mean()
    return np.mean(apart**3) / np.mean(apart**2) ** 1.5


def _chosen(train, limit):
    """Choose by the skewness of what is known."""
    numbers = {name: train[name].dropna().to_numpy() for name in train.columns}
    return [name for name, one in numbers.items() if (one >= 0).all() and _skewness(one) > limit]


@pytest.mark.check(points=1, visible=True)
def test_four_numbers(student):
    """The numbers of the example."""
    assert student.skewness(np.array([0.0, 0.0, 1.0, 7.0])) == pytest.approx(1.0895, abs=0.001)
    table = pd.DataFrame({"booked": [0.0, 0.0, 1.0, 7.0], "change": [-1.0, 0.0, 0.0, 6.0]})
    assert student.choose_log(table, 1) == ["booked"]
    logged = student.log_columns(table, ["booked"])
    assert logged["booked"].tolist() == pytest.approx([0, 0, math.log(2), math.log(8)])
    assert logged["change"].tolist() == [-1, 0, 0, 6]


@pytest.mark.check(points=2)
def test_skewness(student, rng):
    """Fresh columns skewed to either side, short ones, as arrays and Series, with gaps, against scipy."""
    for size in (3, 4, 50):
        for values in (rng.exponential(5, size), -rng.exponential(2, size), rng.normal(300, 1, size)):
            expected = _skewness(values)
            assert student.skewness(values) == pytest.approx(expected)
            gaps = np.append(values, [np.nan, np.nan])
            assert student.skewness(gaps) == pytest.approx(expected)
            assert student.skewness(pd.Series(gaps, index=rng.permutation(size + 2))) == pytest.approx(expected)
    assert student.skewness(values) == pytest.approx(stats.skew(values))
    assert student.skewness(np.full(7, 0.1)) == 0, "equal numbers"
    assert student.skewness(np.array([float(rng.normal()), np.nan])) == 0, "a single number"


@pytest.mark.check(points=1)
def test_chosen(student, rng):
    """Which of several fresh columns are chosen: skewed, even, skewed to the left, with negative numbers, with zeros and gaps."""
    for limit in (0.5, 1.5):
        train = pd.DataFrame(
            {
                "stays": rng.integers(0, 3, 60) * rng.exponential(40, 60),
                "left": 90 - rng.exponential(9, 60).clip(0, 89),
                "signed": rng.exponential(5, 60) - 0.01,
                "beds": rng.uniform(20, 90, 60),
                "calls": rng.exponential(1, 60),
            }
        )
        train.loc[3, "signed"] = -0.5
        train.loc[[1, 7], "calls"] = np.nan
        train.loc[9, "calls"] = 15.0
        train = train[[str(name) for name in rng.permutation(train.columns)]]
        assert list(student.choose_log(train, limit)) == _chosen(train, limit)


@pytest.mark.check(points=1)
def test_at_the_limit(student, rng):
    """A skewness equal to the limit is not greater; a smallest value of zero is not negative."""
    mirrored = rng.integers(1, 9, 6).astype(float)
    even = pd.DataFrame({"even": [*mirrored, *(20 - mirrored), 0, 20], "tail": [0.0] * 13 + [40.0]})
    assert list(student.choose_log(even, 5)) == []
    assert list(student.choose_log(even, 2)) == ["tail"]
    flat = pd.DataFrame({"flat": np.full(5, float(mirrored[0])), "tail": [1.0, 1.0, 1.0, 1.0, 9.0]})
    assert list(student.choose_log(flat, 0)) == ["tail"], "equal to the limit is not greater"
    assert list(student.choose_log(flat, -0.5)) == ["flat", "tail"]


@pytest.mark.check(points=1)
def test_logged(student, rng):
    """Fresh rows with negative numbers, gaps and whole numbers; the other columns, the order and the index stay."""
    table = pd.DataFrame(
        {"hut": ["a"] * 30, "booked": rng.integers(0, 300, 30), "calls": rng.exponential(3, 30), "beds": np.arange(30)},
        index=rng.permutation(30),
    )
    table.iloc[[0, 4], 2] = [-float(rng.uniform(1.5, 5)), -0.25]
    table.iloc[[2, 9], 2] = np.nan
    logged = student.log_columns(table, ["calls", "booked"])
    assert list(logged.columns) == ["hut", "booked", "calls", "beds"]
    assert list(logged.index) == list(table.index)
    for name in ("booked", "calls"):
        expected = [math.log(1 + max(x, 0)) if x == x else math.nan for x in table[name].tolist()]
        np.testing.assert_allclose(logged[name].to_numpy(dtype=float), expected)
    assert logged["beds"].tolist() == table["beds"].tolist()
    np.testing.assert_allclose(student.log_columns(table, [])["booked"], table["booked"])
