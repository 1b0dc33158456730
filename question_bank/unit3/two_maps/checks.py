import functools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.spatial.distance import pdist
from sklearn.manifold import TSNE


def _both_axes(figure):
    """Return the left and the right axes of a figure that has exactly two."""
    assert figure is not None, "draw_maps returned None: return the figure."
    axes = figure.get_axes()
    assert len(axes) == 2, "The figure must have exactly two axes."
    assert axes[0].get_position().x1 <= axes[1].get_position().x0, "The two axes must stand side by side."
    return axes[0], axes[1]


def _clouds(axes):
    """Return the points and the colour of every scatter of an axes, in the order drawn."""
    drawn = [axes.collections[number] for number in range(len(axes.collections))]
    return [(np.asarray(one.get_offsets().tolist()), np.asarray(one.get_facecolor())[0]) for one in drawn]


def _figures(student, *calls):
    """Draw one figure for each set of arguments; in a notebook, keep the figures out of the output."""
    figures = [student.draw_maps(*arguments) for arguments in calls]
    plt.close("all")
    return figures


def _scores(rng, size, names):
    """Make the scores of two maps, and labels of which each occurs."""
    labels = np.concatenate([names, rng.choice(names, size - len(names))])
    return rng.normal(size=(size, 2)) * [4, 1], rng.normal(size=(size, 2)) * 20, rng.permutation(labels)


@functools.cache  # the points are drawn alike for everybody, so scikit-learn is asked once
def _distances(points, perplexity, seed):
    """Return the distances between all points on scikit-learn's map; points come as tuples."""
    model = TSNE(2, perplexity=perplexity, init="random", method="exact", max_iter=300, random_state=seed)
    return pdist(model.fit_transform(np.array(points)))


def _same_map(answer, points, perplexity, seed):
    """Tell whether a map has the same distances as scikit-learn's."""
    assert answer is not None, "tsne_map returned None: does it end with a return?"
    answer = np.asarray(answer, dtype=float)
    expected = _distances(tuple(map(tuple, points.tolist())), perplexity, seed)
    return answer.shape == (len(points), 2) and np.abs(pdist(answer) - expected).max() < 1e-3 * expected.max()


@pytest.mark.check(points=1, visible=True)
def test_titles_and_labels(student):
    """Two axes whose titles and axis labels say what is drawn."""
    square = [[0, 0], [0, 1], [1, 0], [1, 1]]
    left, right = _both_axes(student.draw_maps(square, square, [0, 0, 1, 1]))
    assert "pca" in left.get_title().lower()
    assert "component 1" in left.get_xlabel().lower()
    assert "component 2" in left.get_ylabel().lower()
    assert "t-sne" in right.get_title().lower()
    assert right.get_xlabel() == ""
    assert right.get_ylabel() == ""


@pytest.mark.check(points=1)
def test_map(student, rng):
    """The t-SNE map of fresh points with a perplexity and a seed of their own, against scikit-learn."""
    points = rng.normal(size=(22, 4)) + 4 * rng.integers(0, 2, (22, 1))
    assert _same_map(student.tsne_map(points.tolist(), perplexity=5, seed=3), points, 5, 3)


@pytest.mark.check(points=1)
def test_small_map(student, rng):
    """A map of few points, for which the perplexity is lowered, and what is used when nothing is named."""
    points = rng.normal(size=(6, 3))
    assert _same_map(student.tsne_map(points, 2, 5), points, 5 / 3, 5)
    many = rng.normal(size=(33, 3))  # just enough for a perplexity of 10
    assert _same_map(student.tsne_map(many), many, 10, 0)


@pytest.mark.check(points=1)
def test_points_drawn(student, rng):
    """Each label's points on both axes, in the order of the labels, as arrays and as lists."""
    for names, form in (([0, 1, 2], np.asarray), ([7, -1, 3, 12], np.ndarray.tolist)):
        maps = *scores, labels = _scores(rng, 40, names)
        (figure,) = _figures(student, [form(given) for given in maps])
        for axes, xy in zip(_both_axes(figure), scores, strict=True):
            clouds = _clouds(axes)
            assert len(clouds) == len(names), "One scatter for each label."
            for (points, _), name in zip(clouds, sorted(names), strict=True):
                assert points.shape == xy[labels == name].shape
                assert np.allclose(points, xy[labels == name])


@pytest.mark.check(points=1)
def test_colours_and_names(student, rng):
    """The same colour for a label on both axes, another for each label, a legend, and no ticks where they mean nothing."""
    names = [4, 0, 9, 2, 6]
    left, right = _both_axes(*_figures(student, _scores(rng, 50, names)))
    colours = [[tuple(colour.round(3)) for _, colour in _clouds(axes)] for axes in (left, right)]
    assert colours[0] == colours[1], "A label has two colours."
    assert len(set(colours[0])) == len(names), "Two labels share a colour."
    legend = left.get_legend()
    assert legend is not None, "There is no legend."
    written = [text.get_text() for text in legend.get_texts()]
    assert len(written) == len(names)
    assert all(str(name) in text for name, text in zip(sorted(names), written, strict=True))
    assert len(right.get_xticks()) == 0
    assert len(right.get_yticks()) == 0
    assert min(len(left.get_xticks()), len(left.get_yticks())) > 1, "The left axes need their ticks."


@pytest.mark.check(points=1)
def test_every_call_a_new_figure(student, rng):
    """A second call leaves the first figure alone and draws its own points."""
    first, second = _scores(rng, 30, [0, 1]), _scores(rng, 25, [0, 1, 2])
    for figure, maps in zip(_figures(student, first, second), (first, second), strict=True):
        for axes, xy in zip(_both_axes(figure), maps[:2], strict=True):
            clouds = _clouds(axes)
            assert len(clouds) == len(set(maps[2].tolist())), "One scatter for each label."
            assert sum(len(points) for points, _ in clouds) == len(xy)
            assert np.allclose(clouds[0][0], xy[maps[2] == 0])
