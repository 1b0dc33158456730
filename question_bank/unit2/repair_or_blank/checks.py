import numpy as np
import pandas as pd
import pytest


def _judge(values, low, high, factor):
    """Go through the values one by one, in plain Python."""
    mended, counts = [], {"kept": 0, "repaired": 0, "blanked": 0}
    for value in values:
        if value is None or value != value:
            mended.append(float("nan"))
        elif low <= value <= high:
            mended.append(value)
            counts["kept"] += 1
        elif factor is not None and low <= value / factor <= high:
            mended.append(value / factor)
            counts["repaired"] += 1
        else:
            mended.append(float("nan"))
            counts["blanked"] += 1
    return mended, counts


def _parts(answer):
    assert answer is not None, "repair_or_blank returned None: does it end with a return?"
    mended, counts = answer
    return np.asarray(mended, dtype=float), dict(counts)


def _readings(rng, low, high, factor):
    """Draw values inside, on the ends, outside, too large by the factor, negative and missing, in random order."""
    inside = rng.uniform(low, high, 12).round(3)
    ends = [low, high, low - 0.5, high + 0.5, low * factor, high * factor, low * factor - 1, high * factor + 1]
    others = [*(factor * inside[:5]), *(-inside[:3]), -factor * high, factor * factor * high, np.nan, np.nan]
    return rng.permutation(np.array([*inside, *ends, *others], dtype=float))


@pytest.mark.check(points=1, visible=True)
def test_seven_weights(student):
    """The seven weights of the example."""
    answer = student.repair_or_blank([31.5, 120, 46000, -31, 0, np.nan, 7000], 8, 120, 1000)
    mended, counts = _parts(answer)
    np.testing.assert_allclose(mended, [31.5, 120, 46, np.nan, np.nan, np.nan, np.nan])
    assert counts == {"kept": 2, "repaired": 1, "blanked": 3}, "A missing value counts as nothing."


@pytest.mark.check(points=2)
def test_fresh_values(student, rng):
    """Fresh values, factors and ends: kept, repaired and blanked ones in random order."""
    for factor in (1000, 100, 12):
        low, high = float(rng.integers(2, 6)), float(rng.integers(8, 12))
        values = _readings(rng, low, high, factor)
        expected, _ = _judge(values.tolist(), low, high, factor)
        mended, _ = _parts(student.repair_or_blank(values, low, high, factor))
        np.testing.assert_allclose(mended, expected)


@pytest.mark.check(points=1)
def test_counts(student, rng):
    """The three counts, beside missing values and with no value of some kind."""
    low, high = float(rng.integers(3, 9)), float(rng.integers(20, 70))
    values = _readings(rng, low, high, 1000)
    inside = rng.uniform(low, high, int(rng.integers(3, 9)))
    for given in (values, inside, 1000 * inside, -inside, np.append(inside, np.nan)):
        assert _parts(student.repair_or_blank(given, low, high, 1000))[1] == _judge(given.tolist(), low, high, 1000)[1]
    wide = rng.integers(-5, 900, 40).astype(float)  # many values are possible both as they stand and divided
    assert _parts(student.repair_or_blank(wide, 0, 600, 3))[1] == _judge(wide.tolist(), 0, 600, 3)[1]


@pytest.mark.check(points=1)
def test_without_a_factor(student, rng):
    """Without a known slip nothing is repaired, whether the factor is left out or None."""
    low, high = -float(rng.integers(1, 4)), float(rng.integers(3, 9))
    values = _readings(rng, low, high, 60)
    expected = _judge(values.tolist(), low, high, None)
    for answer in (student.repair_or_blank(values, low, high), student.repair_or_blank(values, low, high, None)):
        mended, counts = _parts(answer)
        np.testing.assert_allclose(mended, expected[0])
        assert counts == expected[1]


@pytest.mark.check(points=1)
def test_what_a_list_or_series_holds(student, rng):
    """Lists and Series (with an index of its own) of whole numbers, a list with None in it, and an empty one."""
    whole = rng.choice([0, 4, 9, 30, 4000, 9000, 30000, -4], 25)
    whole[0] = 4
    expected = _judge(whole.tolist(), 3, 9, 1000)
    for given in (whole.tolist(), pd.Series(whole, index=rng.permutation(25))):
        mended, counts = _parts(student.repair_or_blank(given, 3, 9, factor=1000))
        np.testing.assert_allclose(mended, expected[0])
        assert counts == expected[1]
    entries = [None if number == 4 else number for number in whole.tolist()]
    mended, counts = _parts(student.repair_or_blank(entries, 3, 9, 1000))
    expected = _judge(entries, 3, 9, 1000)
    np.testing.assert_allclose(mended, expected[0])
    assert counts == expected[1]
    mended, counts = _parts(student.repair_or_blank([], 3, 9, 1000))
    assert mended.shape == (0,)
    assert counts == {"kept": 0, "repaired": 0, "blanked": 0}
