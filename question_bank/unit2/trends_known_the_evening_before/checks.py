import functools

import numpy as np
import pandas as pd
import pytest


def _season(rng, lengths):
    """Draw the nights of several huts, each beginning on a night of its own, mixed up."""
    rows = []
    for number, length in enumerate(lengths):
        first = int(rng.integers(1, 30))
        guests = 30 * number + rng.integers(0, 60, length)
        rows += [(f"hut {number}", first + place, int(count)) for place, count in enumerate(guests)]
    table = pd.DataFrame(rows, columns=["hut", "night", "guests"]).assign(beds=rng.integers(20, 90, len(rows)))
    return table.sample(frac=1, random_state=int(rng.integers(1000))).set_axis(rng.permutation(len(rows)) + 5)


def _trends(table, window):
    """Compute the two columns row by row from a dictionary of the guests."""
    known = {(hut, night): count for hut, night, count in zip(table["hut"], table["night"], table["guests"], strict=True)}
    line = np.linalg.pinv(np.vander(np.arange(window), 2))[0]  # times the guests: the slope of least squares
    short, long = [], []
    for hut, night in zip(table["hut"], table["night"], strict=True):
        past = [known.get((hut, night - back)) for back in range(1, max(window, 3) + 1)]
        three, many = past[:3], past[:window][::-1]
        short.append(np.nan if None in three else three[0] - (three[1] + three[2]) / 2)
        long.append(np.nan if None in many else line @ many)
    return np.array(short), np.array(long)


@functools.cache  # drawn alike for everybody, so it is worked out once
def _drawn(draw, lengths, window, *, in_order=False):
    """Draw a season, and return it with its two columns of trends."""
    table = _season(np.random.default_rng(draw), lengths)
    table = table.sort_values(["hut", "night"]) if in_order else table
    return table, _trends(table, window)


def _column(table, name):
    assert table is not None, "add_trends returned None: does it end with a return?"
    return table[name].to_numpy(dtype=float)


@pytest.mark.check(points=1, visible=True)
def test_six_rows(student):
    """The six rows of the example."""
    assert student.short_trend([10, 12, 17]) == pytest.approx(6)
    assert student.long_trend([10, 12, 17, 15]) == pytest.approx(2)
    nights = pd.DataFrame({"hut": list("AAAAAB"), "night": [1, 2, 3, 4, 5, 5], "guests": [10, 12, 17, 15, 40, 8]})
    table = student.add_trends(nights, 4)
    none = np.nan
    np.testing.assert_allclose(_column(table, "short_trend"), [none, none, none, 6, 0.5, none])
    np.testing.assert_allclose(_column(table, "long_trend"), [none, none, none, none, 2, none], atol=1e-9)


@pytest.mark.check(points=1)
def test_short_trend(student, rng):
    """The short trend of fresh numbers: of three, and of many of which only the last three count."""
    for size in (3, 4, 12):
        recent = rng.normal(50, 20, size)
        expected = recent[-1] - recent[-3:-1].mean()
        assert student.short_trend(recent) == pytest.approx(expected)
        assert student.short_trend(recent.tolist()) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_long_trend(student, rng):
    """The slope through fresh numbers: two, a few and many, as arrays and lists, and through equal ones."""
    for size in (2, 3, 8, 25):
        recent = rng.normal(50, 20, size)
        expected = np.polyfit(np.arange(size), recent, 1)[0]
        assert student.long_trend(recent) == pytest.approx(expected)
        assert student.long_trend(recent.tolist()) == pytest.approx(expected)
        assert student.long_trend(np.full(size, recent[0])) == pytest.approx(0, abs=1e-9)


@pytest.mark.check(points=2)
def test_huts_in_order(student, rng):
    """Fresh seasons of several huts, sorted by hut and night; a hut with too few nights, and several windows."""
    for window in (2, 3, 6):
        table, expected = _drawn(int(rng.integers(2**32)), (12, 9, 2, 7), window, in_order=True)
        answer = student.add_trends(table, window)
        np.testing.assert_allclose(_column(answer, "short_trend"), expected[0])
        np.testing.assert_allclose(_column(answer, "long_trend"), expected[1], atol=1e-9)


@pytest.mark.check(points=2)
def test_rows_in_any_order(student, rng):
    """Rows in random order: each gets its own trends, and columns, order and index stay."""
    for window in (4, 7):
        table, expected = _drawn(int(rng.integers(2**32)), (11, 14, 8), window)
        answer = student.add_trends(table, window)
        assert list(answer.columns) == ["hut", "night", "guests", "beds", "short_trend", "long_trend"]
        assert list(answer.index) == list(table.index)
        np.testing.assert_allclose(_column(answer, "short_trend"), expected[0])
        np.testing.assert_allclose(_column(answer, "long_trend"), expected[1], atol=1e-9)
        assert answer["guests"].tolist() == table["guests"].tolist()


@pytest.mark.check(points=1)
def test_the_future_does_not_count(student, rng):
    """If the guests of a night and of all later ones were others, the trends of that night would be the same."""
    table, trends = _drawn(int(rng.integers(2**32)), (15, 15), 5)
    night = int(table["night"].groupby(table["hut"]).min().max()) + int(rng.integers(6, 9))
    other = table.assign(guests=table["guests"].where(table["night"] < night, 500 - table["guests"]))
    until = table["night"].to_numpy() <= night
    answers = [student.add_trends(one, 5) for one in (table, other)]
    for name, expected in zip(("short_trend", "long_trend"), trends, strict=True):
        before, after = (_column(answer, name) for answer in answers)
        np.testing.assert_allclose(before[until], expected[until], atol=1e-9)
        np.testing.assert_allclose(after[until], expected[until], atol=1e-9)
