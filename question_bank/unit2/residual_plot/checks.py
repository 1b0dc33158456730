import matplotlib.pyplot as plt
import numpy as np
import pytest


def _axes(figure):
    """Return the only axes of a figure."""
    assert figure is not None, "plot_residuals returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 1, "The figure must have exactly one axes."
    return axes[0]


def _figures(student, *calls):
    """Call the student's function once for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.plot_residuals(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _points(axes):
    clouds = axes.collections
    assert len(clouds) == 1, "There must be one scatter plot."
    return np.asarray(clouds[0].get_offsets().tolist(), dtype=float)


def _line(axes, number):
    lines = axes.get_lines()
    assert len(lines) == 2, "There must be two lines: zero and the means."
    return np.column_stack([lines[number].get_xdata(), lines[number].get_ydata()]).astype(float)


def _trips(rng, size=40):
    """Draw the five arguments, with residuals that are mostly positive and one that is far out."""
    x, residuals = rng.uniform(-10, 30, size), rng.normal(2, 3, size)
    residuals[int(rng.integers(size))] = rng.uniform(25, 60)
    return x, residuals, np.sort(rng.uniform(-10, 30, 5)), rng.normal(0, 2, 5), f"Quantity {int(rng.integers(100, 999))}"


@pytest.mark.check(points=1, visible=True)
def test_title_and_labels(student):
    """A title and axis labels that say what is drawn."""
    figure = student.plot_residuals([3, 1, 2], [1.5, -2, 0.5], [1.5, 3], [-0.75, 1.5], "Temperature (°C)")
    axes = _axes(figure)
    assert "temperature (°c)" in axes.get_title().lower()
    assert "temperature (°c)" in axes.get_xlabel().lower()
    assert "residual" in axes.get_ylabel().lower()
    assert "(kwh)" in axes.get_ylabel().lower()


@pytest.mark.check(points=1)
def test_every_residual_is_drawn(student, rng):
    """A point for each row, where it belongs, from arrays and from lists."""
    x, residuals, *rest = _trips(rng)
    for given in ((x, residuals, *rest), (x.tolist(), residuals.tolist(), *rest)):
        points = _points(_axes(*_figures(student, given)))
        assert points.shape == (40, 2)
        assert points == pytest.approx(np.column_stack([x, residuals]))


@pytest.mark.check(points=1)
def test_two_lines(student, rng):
    """A level line at zero and a line through the means of the groups."""
    x, residuals, centres, means, name = _trips(rng)
    axes = _axes(*_figures(student, (x, residuals, centres, means, name)))
    zero = _line(axes, 0)
    assert np.all(zero[:, 1] == 0)
    pixels = axes.get_lines()[0].get_transform().transform(zero)[:, 0]
    assert pixels[0] <= axes.bbox.x0 + 1 and pixels[-1] >= axes.bbox.x1 - 1, "Zero must reach from edge to edge."
    assert _line(axes, 1) == pytest.approx(np.column_stack([centres, means]))
    assert name.lower() in axes.get_xlabel().lower() and name.lower() in axes.get_title().lower()


@pytest.mark.check(points=1)
def test_honest_frame(student, rng):
    """The y axis reaches equally far up and down and holds every residual; a legend names the line of the means."""
    for sign in (1, -1):
        x, residuals, *rest = _trips(rng)
        axes = _axes(*_figures(student, (x, sign * residuals, *rest)))
        low, high = (float(end) for end in axes.get_ylim())
        assert low == pytest.approx(-high), "The y axis must reach equally far up and down."
        assert high > np.abs(residuals).max(), "A residual lies outside or on the edge."
        assert high <= 1.5 * np.abs(residuals).max(), "The y axis is much longer than it has to be."
        legend = axes.get_legend()
        assert legend is not None, "There is no legend."
        names = [text.get_text().lower() for text in legend.get_texts()]
        assert len(names) == 3, "The legend should name the trips, the line at zero and the line of the means."
        assert any("mean" in name for name in names)


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone and draws its own rows."""
    first, second = _trips(rng), _trips(rng, 25)
    for figure, given in zip(_figures(student, first, second), (first, second), strict=True):
        axes = _axes(figure)
        assert _points(axes) == pytest.approx(np.column_stack(given[:2]))
        assert _line(axes, 1) == pytest.approx(np.column_stack(given[2:4]))
