import statistics

import numpy as np
import pandas as pd
import pytest


def _table(rng, rows):
    """Draw numbers whose level depends on the group, with gaps in both columns; one group has no number at all."""
    forage = rng.choice(np.array(["ivy", "lime", "heather", "dill", None], dtype=object), rows)
    level = {"ivy": 3, "lime": 20, "heather": 60, "dill": 7, None: 150}
    mites = np.array([level[group] for group in forage]) * rng.uniform(0.5, 2, rows) ** 2
    mites[(rng.random(rows) < 0.25) | (forage == "dill")] = np.nan
    mites[:2], forage[:2] = [4.25, 140.5], ["ivy", None]
    return pd.DataFrame({"site": np.arange(rows), "forage": forage, "mites": mites, "queen": rng.choice([1, 2, 3, np.nan], rows)})


def _learnt(table, column, by):
    """Learn row by row, in plain Python; rounding apart, this is what the dictionary must hold."""
    groups = {None: []}
    for group, number in zip(table[by].tolist(), table[column].tolist(), strict=True):
        if number == number:
            groups[None].append(number)
            if isinstance(group, str):
                groups.setdefault(group, []).append(number)
    return {group: statistics.median(numbers) for group, numbers in groups.items()}


def _filled(table, column, by, medians):
    guesses = [medians.get(group if isinstance(group, str) else None, medians[None]) for group in table[by].tolist()]
    return [
        guess if number != number else number for guess, number in zip(guesses, table[column].tolist(), strict=True)
    ]


@pytest.mark.check(points=1, visible=True)
def test_six_hives(student):
    """The six hives of the example: what is learnt, and what is filled."""
    table = pd.DataFrame(
        {"forage": ["ivy", "ivy", "ivy", "lime", None, "dill"], "mites": [2, 6, np.nan, 9, 4, np.nan]}
    )
    medians = student.learn_medians(table, "mites", "forage")
    assert medians == pytest.approx({"ivy": 4, "lime": 9, None: 5}), "dill has no number, so there is nothing to learn."
    filled = student.fill_gaps(table, "mites", "forage", {"ivy": 4.0, "lime": 9.0, None: 5.0})
    assert list(filled.columns) == ["forage", "mites", "mites_was_missing"]
    assert filled["mites"].tolist() == [2, 6, 4, 9, 4, 5]
    assert filled["mites_was_missing"].tolist() == [0, 0, 1, 0, 0, 1]


@pytest.mark.check(points=2)
def test_learnt(student, rng):
    """The medians of fresh tables, with rows without a group, a group without a number, and an even number of numbers."""
    for rows in (31, 90):
        table = _table(rng, rows)
        assert student.learn_medians(table, "mites", "forage") == pytest.approx(_learnt(table, "mites", "forage"))
    table = table.rename(columns={"mites": "weight", "forage": "place"})
    assert student.learn_medians(table, "weight", "place") == pytest.approx(_learnt(table, "weight", "place"))


@pytest.mark.check(points=2)
def test_filled(student, rng):
    """Fresh tables filled with medians from elsewhere; groups that are unknown, and rows without one."""
    for rows in (25, 70):
        table = _table(rng, rows).sample(frac=1, random_state=rows)
        medians = {"ivy": float(rng.uniform(1, 9)), "dill": float(rng.uniform(30, 60)), None: float(rng.uniform(90, 99))}
        filled = student.fill_gaps(table, "mites", "forage", medians)
        np.testing.assert_allclose(filled["mites"].to_numpy(), _filled(table, "mites", "forage", medians))
    last = table[table["forage"] == "dill"].head(1)
    filled = student.fill_gaps(last, "mites", "forage", medians)
    assert filled["mites"].tolist() == pytest.approx([medians["dill"]]), "a single row"


@pytest.mark.check(points=1)
def test_flags(student, rng):
    """The column that says where the gaps were, as whole numbers, under the name of the column asked for."""
    table = _table(rng, 40).rename(columns={"mites": "honey"})
    medians = {"ivy": 3.0, None: 8.0}
    flags = student.fill_gaps(table, "honey", "forage", medians)["honey_was_missing"]
    assert flags.tolist() == [int(gap) for gap in table["honey"].isna()]
    assert flags.dtype.kind in "iu", "whole numbers, not truth values"
    full = table.assign(honey=rng.random(40))
    filled = student.fill_gaps(full, "honey", "forage", medians)
    assert filled["honey_was_missing"].tolist() == [0] * 40
    np.testing.assert_allclose(filled["honey"], full["honey"])


@pytest.mark.check(points=1)
def test_the_rest_stays(student, rng):
    """Columns, order and index are those of the table, with one more column at the end."""
    table = _table(rng, 30).sample(frac=1, random_state=1)
    filled = student.fill_gaps(table, "mites", "forage", {"ivy": 1.0, None: 2.0})
    assert list(filled.columns) == [*table.columns, "mites_was_missing"]
    assert list(filled.index) == list(table.index)
    assert filled["site"].tolist() == table["site"].tolist()
    np.testing.assert_allclose(filled["queen"], table["queen"])
    assert filled["forage"].isna().tolist() == table["forage"].isna().tolist(), "a missing group stays missing"
    assert filled["mites"].notna().all()
