import numpy as np
import pandas as pd
import pytest


def expected(values):
    """Summarise values in which what is missing is NaN or None already, by way of pandas."""
    column = pd.Series(values, dtype=float)
    iqr = column.quantile(0.75) - column.quantile(0.25)
    summary = {"known": column.count(), "missing": column.isna().sum(), "median": column.median(), "iqr": iqr}
    return {name: pytest.approx(float(value)) for name, value in summary.items()}


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Five known values, and one missing in each of three ways."""
    result = student.column_summary([4, None, 10, 999, 6, float("nan"), 2, 8], code=999)
    # known are 2, 4, 6, 8, 10: the quartiles are 4, 6 and 8
    assert result == {"known": 5, "missing": 3, "median": 6.0, "iqr": 4.0}


@pytest.mark.check(points=1)
def test_gaps_without_a_code(student, rng):
    """Random columns with None and NaN, as lists and as arrays."""
    for size in (9, 14, 31):
        column = rng.lognormal(3, 1, size)
        column[rng.choice(size, size // 4, replace=False)] = np.nan
        assert student.column_summary(column) == expected(column), "the summary of an array is wrong"
        mixed = [*column.tolist(), None, None]
        order = rng.permutation(len(mixed))
        shuffled = [mixed[place] for place in order]
        assert student.column_summary(shuffled) == expected(shuffled), "the summary of a list is wrong"


@pytest.mark.check(points=2)
def test_codes_and_zeros(student, rng):
    """Codes of several kinds, zeros that are values, values that occur twice."""
    for code in (999, -1, 0, 99.5):
        values = [*rng.integers(1, 7, 12).tolist(), *([0] * 5 if code else [8] * 5), None, float("nan")]
        mixed = [*values, *[code] * int(rng.integers(2, 6))]
        rng.shuffle(mixed)
        real = [None if value == code else value for value in mixed]
        assert student.column_summary(mixed, code) == expected(real), "the summary is wrong with a code"
        plain = [value for value in mixed if value is not None]
        assert student.column_summary(np.array(plain)) == expected(plain), "the summary is wrong without the code"


@pytest.mark.check(points=1)
def test_little_or_nothing_known(student, rng):
    """A single known value, and columns in which nothing is known."""
    value, code = float(rng.integers(1, 50)), float(rng.integers(60, 90))
    single = student.column_summary([None, value, code], code)
    assert single == {"known": 1, "missing": 2, "median": value, "iqr": 0.0}, "wrong with one known value"
    for column in ([None, code, float("nan")], [code] * int(rng.integers(2, 9)), []):
        nothing = student.column_summary(column, code=code)
        assert nothing == {"known": 0, "missing": len(column), "median": None, "iqr": None}, "wrong if nothing is known"
