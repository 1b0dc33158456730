import numpy as np
import pandas as pd
import pytest


def _values(table, column):
    """Return a column as a list in which each gap is None."""
    return [None if pd.isna(value) else value for value in table[column].tolist()]


def _parts(answer):
    assert answer is not None, "open_gaps returned None: does it end with a return?"
    opened, found = answer
    return opened, dict(found)


@pytest.mark.check(points=1, visible=True)
def test_four_rows(student):
    """The four rows of the example."""
    table = pd.DataFrame(
        {"mites": [3, 999, -1, np.nan], "forage": ["ivy", " N/A", "  ", "Ivy "], "age": [2, -1, 1, 4]}
    )
    opened, found = _parts(student.open_gaps(table, {"mites": [-1, 999], "forage": ["", "n/a"]}))
    assert list(opened.columns) == ["mites", "forage", "age"]
    assert _values(opened, "mites") == [3, None, None, None]
    assert _values(opened, "forage") == ["ivy", None, None, "Ivy "], "What is no marker stays exactly as it was."
    assert _values(opened, "age") == [2, -1, 1, 4], "This column has no markers."
    assert found == {"mites": 2, "forage": 2}, "A value that was missing before is not counted."


@pytest.mark.check(points=1)
def test_numbers(student, rng):
    """Fresh columns of whole numbers and of floats, each with markers of its own."""
    for rows in (20, 60):
        table = pd.DataFrame(
            {
                "frames": rng.choice([0, 5, 9, 99], rows),
                "weight": rng.choice([0.0, 21.5, 99.0, -1.0], rows),
                "height": rng.choice([0, 99, 340], rows),
            },
            index=rng.permutation(rows),
        )
        opened, _ = _parts(student.open_gaps(table, {"weight": [0, -1], "frames": [99]}))
        assert list(opened.columns) == list(table.columns)
        assert list(opened.index) == list(table.index)
        assert _values(opened, "frames") == [None if one == 99 else one for one in table["frames"]]
        assert _values(opened, "weight") == [None if one in (0, -1) else one for one in table["weight"]]
        assert _values(opened, "height") == table["height"].tolist()


@pytest.mark.check(points=1)
def test_texts(student, rng):
    """Fresh texts with capitals and blanks around them; a marker inside a longer text is none."""
    spellings = ["None", "NONE ", " none", "none at all", "-", " - ", "a-b", "", "   ", "Ivy ", " lime", None]
    entries = rng.choice(np.array(spellings, dtype=object), 80)
    table = pd.DataFrame({"forage": entries, "note": entries[::-1]})
    opened, _ = _parts(student.open_gaps(table, {"forage": [" None", "-"], "note": [""]}))
    gaps = {"forage": ("None", "NONE ", " none", "-", " - "), "note": ("", "   ")}
    for column, hidden in gaps.items():
        assert _values(opened, column) == [None if one in hidden else one for one in _values(table, column)]


@pytest.mark.check(points=1)
def test_found(student, rng):
    """The numbers found: beside values missing from the start, in columns with and without a marker in them."""
    entries = rng.choice(np.array(["yes", "?", " ? ", None], dtype=object), 50)
    numbers = rng.choice([7.0, -9.0, 8.0, np.nan], 50)
    table = pd.DataFrame({"clipped": entries, "swarms": numbers, "frames": np.arange(50)})
    _, found = _parts(student.open_gaps(table, {"clipped": ["?"], "swarms": [-9, 8], "frames": [-9]}))
    asked = sum(one in ("?", " ? ") for one in entries)
    assert found == {"clipped": asked, "swarms": int(np.isin(numbers, [-9, 8]).sum()), "frames": 0}


@pytest.mark.check(points=1)
def test_nothing_to_open(student, rng):
    """A table without rows, and one without any marker beside one that has some."""
    weights = rng.integers(20, 60, 9).astype(float)
    table = pd.DataFrame({"weight": weights, "site": ["north"] * 9})
    opened, found = _parts(student.open_gaps(table, {}))
    assert _values(opened, "weight") == weights.tolist()
    assert found == {}
    opened, found = _parts(student.open_gaps(table[:0], {"weight": [0]}))
    assert len(opened) == 0
    assert found == {"weight": 0}
    opened, found = _parts(student.open_gaps(table, {"weight": [float(weights[4])]}))
    assert _values(opened, "weight") == [None if one == weights[4] else one for one in weights]
    assert found == {"weight": int((weights == weights[4]).sum())}
