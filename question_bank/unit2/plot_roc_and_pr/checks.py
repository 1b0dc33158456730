import matplotlib.pyplot as plt
import numpy as np
import pytest


def _both_axes(figure):
    """Return the left and the right axes of a figure that has exactly two."""
    assert figure is not None, "plot_roc_and_pr returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 2, "The figure must have exactly two axes."
    assert axes[0].get_position().x1 <= axes[1].get_position().x0, "The two axes must stand side by side."
    return axes[0], axes[1]


def _drawn(axes, number):
    """Return the points of one of the two lines of an axes, in the order drawn."""
    lines = axes.get_lines()
    assert len(lines) == 2, "There must be two lines: the curve and its reference."
    return np.asarray(lines[number].get_xdata(), dtype=float), np.asarray(lines[number].get_ydata(), dtype=float)


def _same_points(drawn, xs, ys):
    return drawn[0].shape == np.shape(xs) and np.allclose(drawn[0], xs) and np.allclose(drawn[1], ys)


def _figures(student, *calls):
    """Call the student's function once for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.plot_roc_and_pr(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _fresh_curves(rng, size=60):
    """Make the five arguments from fresh people, in the order of their scores, the highest first."""
    actual = (rng.random(size) < 0.3).astype(int)
    actual[:2] = 0, 1
    ranked = actual[np.argsort(-rng.normal(size=size) - 1.5 * actual)]
    found, flagged = np.cumsum(ranked), np.arange(1, size + 1)
    fpr, tpr = (np.append(0, counts) / counts[-1] for counts in (flagged - found, found))
    return fpr, tpr, tpr[1:], found / flagged, float(actual.mean())


@pytest.mark.check(points=1, visible=True)
def test_titles_and_labels(student):
    """Two axes whose titles and axis labels say what is drawn."""
    fpr, tpr = [0, 0, 0.5, 0.5, 1], [0, 0.4, 0.7, 1, 1]
    recall, precision = [0.4, 0.7, 1, 1], [1, 0.7, 0.8, 0.6]
    left, right = _both_axes(student.plot_roc_and_pr(fpr, tpr, recall, precision, 0.6))
    assert "roc" in left.get_title().lower(), "The left title should contain ROC."
    assert "false positive rate" in left.get_xlabel().lower()
    assert "true positive rate" in left.get_ylabel().lower()
    assert "precision" in right.get_title().lower()
    assert "recall" in right.get_title().lower()
    assert "recall" in right.get_xlabel().lower()
    assert "precision" in right.get_ylabel().lower()


@pytest.mark.check(points=1)
def test_roc_is_drawn(student, rng):
    """The left axes show the ROC curve that was given, and the diagonal."""
    fpr, tpr, *rest = _fresh_curves(rng)
    left, _ = _both_axes(*_figures(student, (fpr, tpr, *rest)))
    assert _same_points(_drawn(left, 0), fpr, tpr)
    assert left.get_lines()[0].get_drawstyle() == "default", "Straight lines between the points of the ROC curve."
    assert _same_points(_drawn(left, 1), [0, 1], [0, 1])


@pytest.mark.check(points=1)
def test_pr_is_drawn(student, rng):
    """The right axes show the precision-recall curve that was given, as steps, and the prevalence."""
    fpr, tpr, recall, precision, prevalence = _fresh_curves(rng)
    _, right = _both_axes(*_figures(student, (fpr, tpr, recall, precision, prevalence)))
    assert _same_points(_drawn(right, 0), recall, precision)
    assert right.get_lines()[0].get_drawstyle() in ("steps", "steps-pre"), "Steps to the left of each point."
    assert _same_points(_drawn(right, 1), [0, 1], [prevalence, prevalence])


@pytest.mark.check(points=1)
def test_honest_frame(student, rng):
    """Both axes show the whole range from 0 to 1 and have a legend that names the two lines."""
    fpr, tpr, recall, precision, prevalence = _fresh_curves(rng)
    figures = _figures(student, (fpr, tpr, recall, 0.5 + precision / 2, 0.5 + prevalence / 2))
    for axes in _both_axes(*figures):
        for low, high in (axes.get_xlim(), axes.get_ylim()):
            assert low <= 0, "An axis begins above 0."
            assert high >= 1, "An axis ends below 1."
        legend = axes.get_legend()
        assert legend is not None, "An axes has no legend."
        names = [text.get_text().strip() for text in legend.get_texts()]
        assert len(names) == 2
        assert all(names)


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone and draws its own points."""
    first, second = _fresh_curves(rng), _fresh_curves(rng, 45)
    for figure, curves in zip(_figures(student, first, second), (first, second), strict=True):
        left, right = _both_axes(figure)
        assert _same_points(_drawn(left, 0), curves[0], curves[1])
        assert _same_points(_drawn(right, 0), curves[2], curves[3])
