import math
from statistics import median

import matplotlib.pyplot as plt
import numpy as np
import pytest


def _only_axes(figure):
    """Return the one axes of a figure."""
    assert figure is not None, "plot_histogram returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 1, "The figure must have exactly one axes."
    return axes[0]


def _figures(student, *calls):
    """Call the student's function once for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.plot_histogram(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _bars(axes):
    """Return left edge, right edge and height of every bar that is not flat, from left to right."""
    bars = [(float(bar.get_x()), float(bar.get_width()), float(bar.get_height())) for bar in axes.patches]
    return sorted((x, x + width, height) for x, width, height in bars if height)


def _counted(known, width):
    """Count value by value; return the edges and the counts."""
    bins = [math.floor(value / width) for value in known]
    span = range(min(bins), max(bins) + 1)
    return np.array([width * edge for edge in (*span, span[-1] + 1)]), np.array([bins.count(one) for one in span])


def _same_histogram(answer, known, width):
    assert answer is not None, "histogram returned None: does it end with a return?"
    edges, counts = (np.asarray(part, dtype=float) for part in answer)
    wanted = _counted(known, width)
    assert edges.shape == wanted[0].shape, "there are too many edges, or too few"
    assert np.allclose(edges, wanted[0]), "the edges are not the multiples of the width that are asked for"
    assert np.array_equal(counts, wanted[1]), "the counts are wrong"


def _draws(axes, known, width):
    edges, counts = _counted(known, width)
    wanted = [bar for bar in zip(edges[:-1], edges[1:], counts, strict=True) if bar[2]]
    bars = _bars(axes)
    return len(bars) == len(wanted) and np.allclose(bars, wanted)


def _values(rng, size, gaps):
    """Make numbers on a fine grid, so that some lie on edges; return all, with nan, and the known ones."""
    values = rng.integers(-60, 160, size) / 4
    values[1 + rng.choice(size - 1, gaps, replace=False)] = np.nan
    values[0] = 40.75  # the largest, and on no edge
    return values, values[~np.isnan(values)].tolist()


@pytest.mark.check(points=1, visible=True)
def test_example_counts(student):
    """The edges and counts of the example."""
    edges, counts = student.histogram([11, 12.5, 14, None, 19], 2)
    assert np.array_equal(edges, [10, 12, 14, 16, 18, 20]), "Multiples of 2, from not above 11 to above 19."
    assert np.array_equal(counts, [1, 1, 1, 0, 1]), "14 belongs to the bin that begins with it."


@pytest.mark.check(points=1, visible=True)
def test_words_around_the_bars(student):
    """Title, labels and legend of a small figure say what is drawn."""
    axes = _only_axes(student.plot_histogram([11, 12.5, 14, None, 19], 2, "Mass in g"))
    assert "mass in g" in axes.get_title().lower(), "The title should contain the name."
    assert "4" in axes.get_title(), "The title should tell how many values are known."
    assert "mass in g" in axes.get_xlabel().lower()
    assert "birds" in axes.get_ylabel().lower()
    assert axes.get_legend() is not None, "The line at the median should be named in a legend."


@pytest.mark.check(points=1)
def test_fresh_counts(student, rng):
    """Edges and counts of fresh values with gaps, negative ones too, for several widths; lists and arrays."""
    for width in (0.5, 2, 5, 40):
        values, known = _values(rng, 70, 9)
        _same_histogram(student.histogram(values, width), known, width)
        with_none = [None if math.isnan(value) else value for value in values.tolist()]
        _same_histogram(student.histogram(with_none, width), known, width)


@pytest.mark.check(points=1)
def test_values_on_edges(student, rng):
    """Smallest and largest values that lie exactly on an edge, and values that are all equal."""
    for width in (1, 5):
        low, high = width * int(rng.integers(-4, 3)), width * int(rng.integers(6, 9))
        inside = (low + (high - low) * rng.random(12)).tolist()
        for known in ([low, *inside, high], [high, high, low], [high] * 3, [low + width / 2]):
            _same_histogram(student.histogram(known, width), known, width)


@pytest.mark.check(points=1)
def test_bars_and_median(student, rng):
    """The bars of fresh values stand where they should on an axis from zero, and the line at the median."""
    for width in (4, 10):
        values, known = _values(rng, 41, 6)
        axes = _only_axes(*_figures(student, (values, width, "Wing in mm")))
        assert _draws(axes, known, width), "the bars do not show the counts"
        assert float(axes.get_ylim()[0]) == 0
        lines = axes.get_lines()
        assert len(lines) == 1, "there should be one line"
        assert np.allclose(np.asarray(lines[0].get_xdata(), dtype=float), median(known)), "the line is elsewhere"


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone, and each tells its own name and number of values."""
    calls = [(*_values(rng, size, gaps), name) for size, gaps, name in ((58, 7, "Wing"), (83, 16, "Age"))]
    figures = _figures(student, *((values, 8, name) for values, _, name in calls))
    for figure, (_, known, name) in zip(figures, calls, strict=True):
        axes = _only_axes(figure)
        assert _draws(axes, known, 8), "a figure does not show its own values"
        for text in (axes.get_title(), axes.get_xlabel()):
            assert name.lower() in text.lower()
        assert str(len(known)) in axes.get_title(), "the title tells another number"
        assert "birds" in axes.get_ylabel().lower()
        names = [text.get_text().strip() for text in axes.get_legend().get_texts()]
        assert names
        assert all(names)
