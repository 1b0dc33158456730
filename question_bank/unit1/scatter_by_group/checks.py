import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest


def _only_axes(figure):
    """Return the one axes of a figure."""
    assert figure is not None, "plot_scatter returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 1, "The figure must have exactly one axes."
    return axes[0]


def _figures(student, *calls):
    """Call the student's function once for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.plot_scatter(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _clouds(axes):
    """Return the points of each cloud, in the order drawn, each sorted."""
    clouds = [np.asarray(cloud.get_offsets().data, dtype=float) for cloud in axes.collections]
    return [sorted(map(tuple, cloud.tolist())) for cloud in clouds]


def _expected(rows):
    """Return the points of each group by name from rows of group, x and y, where nan is missing."""
    clouds = {}
    for name, x, y in sorted(rows):
        if x == x and y == y:
            clouds.setdefault(name, []).append((x, y))
    return {name: sorted(points) for name, points in clouds.items()}


def _draws(axes, rows):
    wanted, clouds = list(_expected(rows).values()), _clouds(axes)
    assert len(clouds) == len(wanted), "there is not one cloud for each group"
    assert [len(cloud) for cloud in clouds] == [len(cloud) for cloud in wanted], "a cloud has too many points, or too few"
    return all(np.allclose(cloud, points) for cloud, points in zip(clouds, wanted, strict=True))


def _rows(rng, names, size):
    """Make rows of group, x and y with gaps in both; no two groups lie at the same place."""
    rows = []
    for place, name in enumerate(names):
        x, y = rng.normal(10 + 3 * place, 2, size), rng.normal(20 - 5 * place, 2, size)
        x[rng.choice(size, 2, replace=False)] = np.nan
        y[rng.choice(size, 3, replace=False)] = np.nan
        rows += zip([name] * size, x.tolist(), y.tolist(), strict=True)
    rows = [rows[place] for place in rng.permutation(len(rows))]
    first = next(row for row in rows if row[0] == max(names) and row[1] == row[1] and row[2] == row[2])
    return [first, *(row for row in rows if row is not first)]  # the last group appears first


def _table(rows, columns):
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.check(points=1, visible=True)
def test_example_words(student):
    """Title, labels and legend of the example."""
    nan = float("nan")
    table = _table([("wren", 8.5, 9.1), ("robin", 7.0, 16.4), ("wren", 12.0, nan)], ["species", "hour", "mass"])
    axes = _only_axes(student.plot_scatter(table, "hour", "mass", "species"))
    assert "hour" in axes.get_xlabel().lower()
    assert "mass" in axes.get_ylabel().lower()
    assert all(word in axes.get_title().lower() for word in ("hour", "mass", "2")), "Both columns and the number."
    assert axes.get_legend() is not None, "The legend should name the groups."
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["robin", "wren"]


@pytest.mark.check(points=1, visible=True)
def test_example_points(student):
    """The two points of the example, each in a cloud of its own."""
    nan = float("nan")
    rows = [("wren", 8.5, 9.1), ("robin", 7.0, 16.4), ("wren", 12.0, nan)]
    axes = _only_axes(student.plot_scatter(_table(rows, ["species", "hour", "mass"]), "hour", "mass", "species"))
    assert _clouds(axes) == [[(7.0, 16.4)], [(8.5, 9.1)]], "First the robin, then the wren."


@pytest.mark.check(points=2)
def test_fresh_points(student, rng):
    """Fresh points of several groups with gaps in both columns, beside a column that is full of gaps."""
    for names, columns in ((["siskin", "dunnock", "wren"], ["kind", "wing", "mass"]), (["q", "a"], ["net", "u", "v"])):
        rows = _rows(rng, names, 20)
        table = _table(rows, columns)
        table["notes"] = [None] * (len(rows) - 4) + ["ringed before"] * 4
        axes = _only_axes(*_figures(student, (table, columns[1], columns[2], columns[0])))
        assert _draws(axes, rows), "the points are not those of the groups in alphabetical order"


@pytest.mark.check(points=1)
def test_colours_and_legend(student, rng):
    """Each cloud has one colour of its own, and the legend names the groups in the order of the clouds."""
    for names in (["siskin", "dunnock", "wren"], ["d", "c", "a", "b"]):
        table = _table(_rows(rng, names, 12), ["kind", "wing", "mass"])
        axes = _only_axes(*_figures(student, (table, "wing", "mass", "kind")))
        colours = [np.asarray(cloud.get_facecolor(), dtype=float) for cloud in axes.collections]
        assert all(len(np.unique(colour, axis=0)) == 1 for colour in colours), "a cloud has several colours"
        assert len({tuple(colour[0, :3].tolist()) for colour in colours}) == len(names), "two clouds share a colour"
        assert [text.get_text() for text in axes.get_legend().get_texts()] == sorted(names)


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone; each title and label is about its own points."""
    calls = [(_rows(rng, ["b", "a"], 15), ["kind", "wing", "mass"]), (_rows(rng, ["c"], 31), ["net", "hour", "fat"])]
    figures = _figures(student, *((_table(rows, names), names[1], names[2], names[0]) for rows, names in calls))
    for figure, (rows, (_, x, y)) in zip(figures, calls, strict=True):
        axes = _only_axes(figure)
        assert _draws(axes, rows), "a figure does not show its own points"
        assert x in axes.get_xlabel().lower()
        assert y in axes.get_ylabel().lower()
        drawn = sum(map(len, _expected(rows).values()))
        assert all(word in axes.get_title().lower() for word in (x, y, str(drawn))), "the title is about something else"
