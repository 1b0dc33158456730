import math

import numpy as np
import pandas as pd
import pytest


def _numbers(report, column):
    """Return one column of a report as floats, after a look at its form."""
    assert report is not None, "quality_report returned None: does it end with a return?"
    assert list(report.columns) == ["missing", "distinct", "invalid", "usable"], "The four columns, in this order."
    return np.asarray(report[column], dtype=float)


def _hives(rng, rows):
    """Draw a table with gaps, values outside their rules and values on the very ends, and the rules."""
    low, high = (int(end) for end in np.sort(rng.choice(np.arange(2, 60), 2, replace=False)))
    table = pd.DataFrame(
        {
            "site": [f"S{number}" for number in rng.integers(0, rows // 2, rows)],
            "honey": rng.choice([low - 1.5, low, (low + high) / 2, high, high + 0.5, np.nan], rows),
            "forage": rng.choice(np.array(["ivy", "Ivy", "borage", "thyme", None], dtype=object), rows),
            "frames": rng.integers(low - 4, high + 5, rows),
            "queen": rng.choice(np.array(["2023", "2024", None], dtype=object), rows),
        }
    )
    return table, {"forage": {"ivy", "thyme"}, "honey": (low, high), "frames": (low, high)}


def _judged(table, valid):
    """Count value by value, in plain Python."""
    lines = {}
    for column in table.columns:
        missing, seen, invalid = 0, set(), 0
        rule = valid.get(column)
        for value in table[column].tolist():
            if value is None or value != value:
                missing += 1
                continue
            seen.add(value)
            if type(rule) is tuple:
                invalid += not rule[0] <= value <= rule[1]
            elif rule is not None:
                invalid += value not in rule
        usable = (len(table) - missing - invalid) / len(table)
        lines[column] = [missing, len(seen), invalid if rule is not None else math.nan, usable]
    return pd.DataFrame.from_dict(lines, orient="index", columns=["missing", "distinct", "invalid", "usable"])


@pytest.mark.check(points=1, visible=True)
def test_four_hives(student):
    """The four rows of the example, and their repeated row."""
    table = pd.DataFrame(
        {
            "hive": ["H1", "H2", "H3", "H1"],
            "honey": [21.0, -4.0, np.nan, 21.0],
            "forage": ["clover", "Clover", "heather", "clover"],
        }
    )
    report = student.quality_report(table, {"honey": (0, 90), "forage": {"clover", "heather"}})
    np.testing.assert_allclose(_numbers(report, "missing"), [0, 1, 0])
    np.testing.assert_allclose(_numbers(report, "distinct"), [3, 2, 3])
    np.testing.assert_allclose(_numbers(report, "invalid"), [np.nan, 1, 1])
    np.testing.assert_allclose(_numbers(report, "usable"), [1, 0.5, 0.75])
    assert list(report.index) == ["hive", "honey", "forage"], "The index holds the names of the columns."
    assert student.repeated_rows(table) == 1


@pytest.mark.check(points=1)
def test_missing_and_distinct(student, rng):
    """The missing and the distinct values of fresh tables, columns in their order."""
    for rows in (30, 75):
        table, valid = _hives(rng, rows)
        report, expected = student.quality_report(table, valid), _judged(table, valid)
        assert list(report.index) == list(table.columns)
        for column in ("missing", "distinct"):
            np.testing.assert_allclose(_numbers(report, column), expected[column])


@pytest.mark.check(points=2)
def test_invalid(student, rng):
    """The invalid values of fresh tables: ranges with values on their ends, and sets of texts."""
    for rows in (30, 75):
        table, valid = _hives(rng, rows)
        expected = _judged(table, valid)
        np.testing.assert_allclose(_numbers(student.quality_report(table, valid), "invalid"), expected["invalid"])
        del valid["honey"]
        expected = _judged(table, valid)
        np.testing.assert_allclose(_numbers(student.quality_report(table, valid), "invalid"), expected["invalid"])


@pytest.mark.check(points=1)
def test_usable(student, rng):
    """The share of usable values, with and without rules, and in a table without rows."""
    table, valid = _hives(rng, 60)
    for rules in (valid, {}):
        expected = _judged(table, rules)
        np.testing.assert_allclose(_numbers(student.quality_report(table, rules), "usable"), expected["usable"])
    assert np.isnan(_numbers(student.quality_report(table[:0], valid), "usable")).all()


@pytest.mark.check(points=1)
def test_repeated_rows(student, rng):
    """Rows that stand there twice and three times, some with gaps, and a table in which each row is unlike the others."""
    for size in (12, 25):
        table = pd.DataFrame({"hive": np.arange(size), "honey": rng.choice([4.5, 8.0], size)})
        table.loc[table.index[::3], "honey"] = np.nan
        again = [int(row) for row in rng.choice(size, 6, replace=False)]
        mixed = pd.concat([table, table.loc[again], table.loc[again[:2]]]).sample(frac=1, random_state=size)
        assert student.repeated_rows(mixed) == len(mixed) - size
        assert student.repeated_rows(table) == 0
