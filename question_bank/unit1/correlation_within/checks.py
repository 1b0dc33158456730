import math

import numpy as np
import pandas as pd
import pytest
import scipy.stats


def _known(pairs):
    """Return the correlation by SciPy of the pairs without a gap, or nan."""
    pairs = [(x, y) for x, y in pairs if x == x and y == y]
    if len(pairs) < 2 or any(len(set(column)) == 1 for column in zip(*pairs, strict=True)):
        return math.nan
    return float(scipy.stats.pearsonr(*zip(*pairs, strict=True)).statistic)


def _columns(rng, size, gaps, slope, centre=0.0):
    """Make two columns with gaps in different places; the values in the gaps' partners are far off."""
    x = centre + rng.normal(0, 1, size)
    y = slope * x + rng.normal(0, 1, size)
    places = rng.choice(size, 2 * gaps, replace=False)
    x[places[gaps:]], y[places[:gaps]] = 50, -80
    x[places[:gaps]] = y[places[gaps:]] = np.nan
    return x, y


def _near(value):
    return pytest.approx(value, rel=1e-7, abs=1e-9, nan_ok=True)


@pytest.mark.check(points=1, visible=True)
def test_four_pairs(student):
    """The example: one of four pairs is incomplete."""
    assert student.correlation([1, 2, 3, float("nan")], [2, 1, 3, 9]) == pytest.approx(0.5)
    assert student.correlation([1.0, 2.0, 3.0], [6.0, 4.0, 2.0]) == pytest.approx(-1)


@pytest.mark.check(points=1, visible=True)
def test_two_nets(student):
    """Two groups with a falling line each, of which one lies above and to the right of the other."""
    table = pd.DataFrame({"net": ["a", "a", "b", "b"], "u": [1.0, 2.0, 11.0, 12.0], "v": [2.0, 1.0, 12.0, 11.0]})
    answer = student.correlations(table, "u", "v", "net")
    assert answer == pytest.approx({"all": 99 / 101, "a": -1, "b": -1}), "All rows under the key all, then each group."


@pytest.mark.check(points=2)
def test_fresh_columns(student, rng):
    """Fresh columns with gaps in either, as arrays, lists and series, against SciPy."""
    for size, gaps, slope in ((40, 6, 0.5), (25, 0, -2), (12, 4, 0)):
        x, y = _columns(rng, size, gaps, slope)
        expected = _near(_known(zip(x.tolist(), y.tolist(), strict=True)))
        assert student.correlation(x, y) == expected
        assert student.correlation(x.tolist(), y.tolist()) == expected
        assert student.correlation(pd.Series(x), pd.Series(y, index=np.arange(size) + 3)) == expected
        assert student.correlation(1e-3 * x + 2, -40 * y) == _near(-_known(zip(x.tolist(), y.tolist(), strict=True)))


@pytest.mark.check(points=1)
def test_no_answer(student, rng):
    """No pair, one pair, a column that does not vary; and two pairs, which always lie on a line."""
    nan, (a, b) = math.nan, rng.integers(2, 60, 2).tolist()
    for x, y in (
        ([nan, a, nan], [b, nan, nan]),
        ([a, nan], [b, b]),
        ([a, a, a, nan], [1, 5, b + 9, 3]),
        ([1, 5, a + 9], [b, b, b]),
    ):
        assert math.isnan(student.correlation(np.array(x, dtype=float), np.array(y, dtype=float)))
    assert student.correlation([a, a + 1.0, nan], [b + 2.0, b, b]) == _near(-1)


@pytest.mark.check(points=1)
def test_fresh_groups(student, rng):
    """Fresh groups with gaps, whose own correlations differ from that of all, and a group that has none."""
    for names in (["wren", "dunnock", "siskin"], ["q", "c"]):
        rows = [("lone", 3.5, 7.0)]
        for place, name in enumerate(names):
            x, y = _columns(rng, 20, 3, (-1.5, 0.8, 2)[place], 6.0 * place)
            rows += zip([name] * 20, x.tolist(), y.tolist(), strict=True)
        rows = [rows[place] for place in rng.permutation(len(rows))]
        expected = {name: _known([row[1:] for row in rows if row[0] == name]) for name in [*names, "lone"]}
        expected["all"] = _known([row[1:] for row in rows])
        answer = student.correlations(pd.DataFrame(rows, columns=["kind", "hour", "mass"]), "hour", "mass", "kind")
        assert answer == _near(expected)
