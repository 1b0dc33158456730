"""For attacks on pandas: ``totals(table)``, three checks of one point each."""

import pandas as pd
import pytest


def some_table(rng):
    return pd.DataFrame({"town": rng.choice(["Ulm", "Ghent"], 12), "sold": rng.integers(1, 90, 12)})


@pytest.mark.check(points=1, visible=True)
def test_one_town(student):
    """One town"""
    given = pd.DataFrame({"town": ["Ulm", "Ulm"], "sold": [1, 2]})
    assert student.totals(given)["Ulm"] == 3


@pytest.mark.check(points=1)
def test_all_towns(student, rng):
    """The total of each town"""
    given = some_table(rng)
    pd.testing.assert_series_equal(student.totals(given), given.groupby("town")["sold"].sum())


@pytest.mark.check(points=1)
def test_largest(student, rng):
    """The largest total"""
    given = some_table(rng)
    assert student.totals(given).max() == given.groupby("town")["sold"].sum().max()
