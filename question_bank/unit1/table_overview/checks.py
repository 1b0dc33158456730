from statistics import median

import numpy as np
import pandas as pd
import pytest

FACTS = ["kind", "missing", "distinct", "typical", "smallest", "largest"]


def _row(answer, name):
    """Return the six facts about a column as a list."""
    assert isinstance(answer, pd.DataFrame), "The result must be a DataFrame: does the function end with a return?"
    assert list(answer.columns) == FACTS, "The result has other columns, or another order."
    row = answer.loc[name]
    return [row["kind"], *(int(row[fact]) for fact in FACTS[1:3]), *(row[fact] for fact in FACTS[3:])]


def _facts(values):
    """Find the six facts about a list with None for what is missing, without pandas."""
    known = sorted(value for value in values if value is not None)
    typical = median(known) if not isinstance(known[0], str) else max(dict.fromkeys(known), key=known.count)
    kind = "text" if isinstance(known[0], str) else "number"
    return [kind, len(values) - len(known), len(set(known)), typical, known[0], known[-1]]


def _with_gaps(rng, values, gaps):
    """Put None in some places, never in all."""
    places = set(rng.choice(len(values), gaps, replace=False).tolist())
    return [None if place in places else value for place, value in enumerate(values)]


def _as_expected(answer, columns):
    assert list(answer.index) == list(columns), "A row for each column, in their order."
    for name, values in columns.items():
        told, facts = _row(answer, name), _facts(values)
        assert told[:3] == facts[:3], "kind, missing or distinct is wrong"
        if facts[0] == "text":
            assert told[3:] == facts[3:], "a fact about a column of text is wrong"
        else:
            assert told[3:] == pytest.approx(facts[3:]), "a fact about a column of numbers is wrong"


@pytest.mark.check(points=1, visible=True)
def test_example_table(student):
    """The four rows of the example."""
    table = pd.DataFrame({"net": ["reeds", "cliff", None, "reeds"], "wing": [54.0, np.nan, 72.5, 54.0]})
    answer = student.overview(table)
    assert _row(answer, "net") == ["text", 1, 2, "reeds", "cliff", "reeds"]
    assert _row(answer, "wing") == ["number", 1, 2, 54.0, 54.0, 72.5]


@pytest.mark.check(points=2)
def test_fresh_numbers(student, rng):
    """Fresh columns of numbers with gaps, whole numbers without gaps, and an odd and an even number of known values."""
    for rows in (24, 25):
        columns = {
            "mass": _with_gaps(rng, (rng.integers(40, 300, rows) / 10).tolist(), int(rng.integers(2, 6))),
            "hour": rng.integers(6, 20, rows).tolist(),
            "wing": _with_gaps(rng, rng.normal(-5, 20, rows).tolist(), rows - 1),
            "fat": _with_gaps(rng, rng.integers(0, 5, rows).tolist(), 7),
        }
        _as_expected(student.overview(pd.DataFrame(columns)), columns)


@pytest.mark.check(points=2)
def test_fresh_texts(student, rng):
    """Fresh columns of text with gaps, with a tie for the most frequent value, and mixed with numbers."""
    words = np.array(["wren", "robin", "dunnock", "blackcap", "siskin", "goldcrest"])
    for rows in (18, 30):
        tie = rng.permutation(["siskin", "robin", "wren"] * (rows // 3)).tolist()
        columns = {
            "species": _with_gaps(rng, rng.choice(words, rows).tolist(), 5),
            "mass": _with_gaps(rng, rng.normal(15, 4, rows).tolist(), 3),
            "mate": tie,
            "ringer": _with_gaps(rng, ["Ada"] * rows, rows - 2),
        }
        _as_expected(student.overview(pd.DataFrame(columns)), columns)


@pytest.mark.check(points=1)
def test_small_tables(student, rng):
    """A table with a single row, one with a single column, and columns with nothing missing."""
    one_row = {"mass": [float(rng.normal(15, 3))], "net": ["reeds"], "hour": [int(rng.integers(6, 20))]}
    _as_expected(student.overview(pd.DataFrame(one_row)), one_row)
    for columns in ({"net": rng.choice(["b", "c", "a"], 9).tolist()}, {"mass": rng.normal(15, 4, 8).tolist()}):
        _as_expected(student.overview(pd.DataFrame(columns)), columns)
