import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest


def _rows(answer):
    """Return the table as a list of rows: name, birds, hours, rate."""
    assert isinstance(answer, pd.DataFrame), "catch_rates must return a DataFrame."
    assert {"birds", "hours", "rate"} <= set(answer.columns), "A column is missing."
    numbers = answer[["birds", "hours", "rate"]].astype(float).to_numpy().tolist()
    return [(name, *row) for name, row in zip(answer.index.tolist(), numbers, strict=True)]


def _expected(nets, hours, per):
    """Count net by net."""
    rows = [(name, nets.count(name), open_, per * nets.count(name) / open_) for name, open_ in hours.items()]
    return sorted(rows, key=lambda row: (-round(row[3], 9), row[0]))


def _same(answer, nets, hours, per=100):
    rows, wanted = _rows(answer), _expected(nets, hours, per)
    assert [row[0] for row in rows] == [row[0] for row in wanted], "The nets are not in the order of their rates."
    return np.allclose([row[1:] for row in rows], [row[1:] for row in wanted])


def _only_axes(figure):
    """Return the one axes of a figure."""
    assert figure is not None, "plot_rates returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 1, "The figure must have exactly one axes."
    return axes[0]


def _figures(student, *calls):
    """Call the student's function once for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.plot_rates(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _bars(axes):
    """Return name and height of every bar, from left to right."""
    ticks = {
        round(float(place), 3): text.get_text()
        for place, text in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
    }
    bars = sorted((float(bar.get_x()) + float(bar.get_width()) / 2, float(bar.get_height())) for bar in axes.patches)
    return [(ticks.get(round(place, 3)), height) for place, height in bars]


def _rates(rng, names):
    """Make a table such as plot_rates draws, its rates in no order."""
    birds, hours = rng.integers(3, 400, len(names)), rng.integers(20, 300, len(names))
    return pd.DataFrame({"birds": birds, "hours": hours, "rate": 100 * birds / hours}, index=names)


def _shows(axes, rates):
    """Tell whether the bars, their names and numbers are those of the table."""
    bars = _bars(axes)
    assert [name for name, _ in bars] == rates.index.tolist(), "the names under the bars are not those of the rows"
    assert np.allclose([height for _, height in bars], rates["rate"]), "the bars are not as high as the rates"
    numbers = [text.get_text().strip() for text in axes.texts]
    return numbers == [str(number) for number in rates["birds"].tolist()]


@pytest.mark.check(points=1, visible=True)
def test_four_birds(student):
    """The four birds of the example; no bird was caught in the last net."""
    table = pd.DataFrame({"net": ["a", "b", "a", "a"], "mass": [6.0, 17.0, 5.5, 5.8]})
    answer = student.catch_rates(table, "net", {"a": 60, "b": 10, "c": 5})
    assert _same(answer, ["a", "b", "a", "a"], {"a": 60, "b": 10, "c": 5})


@pytest.mark.check(points=1, visible=True)
def test_two_bars(student):
    """Title, labels, names and numbers of a figure with two bars."""
    rates = pd.DataFrame({"birds": [1, 3], "hours": [10, 60], "rate": [10.0, 5.0]}, index=["b", "a"])
    axes = _only_axes(student.plot_rates(rates, "birds per 100 hours"))
    assert axes.get_title().strip(), "The figure needs a title."
    assert "net" in axes.get_xlabel().lower()
    assert "birds per 100 hours" in axes.get_ylabel().lower()
    assert _bars(axes) == [("b", 10), ("a", 5)], "Name and height of each bar, in the order of the rows."
    assert [text.get_text().strip() for text in axes.texts] == ["1", "3"], "The number of birds at each bar."


@pytest.mark.check(points=1)
def test_fresh_rates(student, rng):
    """Fresh birds in several nets, other units and another name of the column."""
    for group, per in (("net", 100), ("mast", 1), ("site", 1000)):
        nets = rng.choice(["reeds", "cliff", "orchard", "scrub", "dune"], 90, p=[0.4, 0.1, 0.2, 0.25, 0.05]).tolist()
        open_ = rng.choice(np.arange(10, 400), 5, replace=False).tolist()
        hours = dict(zip(["orchard", "scrub", "dune", "cliff", "reeds"], open_, strict=True))
        table = pd.DataFrame({"mass": rng.normal(15, 3, 90), group: nets})
        assert _same(student.catch_rates(table, group, hours, per), nets, hours, per)
    assert _same(student.catch_rates(table, group, hours), nets, hours)


@pytest.mark.check(points=1)
def test_empty_nets_and_ties(student, rng):
    """Nets without a bird stay in the table, and nets with equal rates stand in alphabetical order."""
    share = int(rng.integers(2, 6))
    nets = rng.permutation(["d"] * share + ["b"] * 2 * share + ["c"] * 3 * share).tolist()
    hours = {"c": 3 * 32, "z": 5, "d": 32, "a": 80, "b": 64, "e": 7, "y": 1}
    assert _same(student.catch_rates(pd.DataFrame({"net": nets}), "net", hours, per=8), nets, hours, 8)
    masts = [f"m{number}" for number in range(40)]
    nets, hours = rng.choice(masts, 60).tolist(), dict.fromkeys(rng.permutation(masts).tolist(), 8)
    assert _same(student.catch_rates(pd.DataFrame({"net": nets}), "net", hours), nets, hours)
    assert _same(student.catch_rates(pd.DataFrame({"net": ["q"] * share}), "net", {"q": 16}), ["q"] * share, {"q": 16})


@pytest.mark.check(points=1)
def test_fresh_bars(student, rng):
    """Bars, names and numbers of a fresh table, in the order of the rows, on an axis from zero."""
    rates = _rates(rng, ["reeds", "m", "cliff", "a", "scrub"])
    axes = _only_axes(*_figures(student, (rates, "birds per 100 hours")))
    assert _shows(axes, rates), "the numbers at the bars are not those of the birds"
    assert float(axes.get_ylim()[0]) == 0


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone, and each names its own unit."""
    calls = [(_rates(rng, names), unit) for names, unit in ((["a", "b"], "birds per day"), (["c", "b"], "nests"))]
    for figure, (rates, unit) in zip(_figures(student, *calls), calls, strict=True):
        axes = _only_axes(figure)
        assert _shows(axes, rates), "a figure does not show its own table"
        assert unit in axes.get_ylabel().lower()
        assert axes.get_title().strip()
        assert "net" in axes.get_xlabel().lower()
