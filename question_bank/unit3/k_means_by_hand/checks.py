import functools

import numpy as np
import pytest
from scipy.spatial.distance import cdist


def _unpack(answer):
    """Return the three parts of an answer as arrays of numbers."""
    assert answer is not None, "k_means returned None: does it end with a return?"
    assert len(answer) == 3, "Return three things: labels, centres and history."
    return tuple(np.asarray(part, dtype=float) for part in answer)


def _lloyd(points, centres, max_rounds=100):
    """Run Lloyd's algorithm."""
    points, centres = np.array(points, dtype=float), np.array(centres, dtype=float)
    labels, history = np.full(len(points), -1), []
    while len(history) < max_rounds:
        squares = cdist(points, centres, "sqeuclidean")
        before, labels = labels, squares.argmin(axis=1)
        history.append(squares.min(axis=1).sum())
        if np.array_equal(labels, before):
            break
        means = [points[labels == own].mean(axis=0) if own in labels else centre for own, centre in enumerate(centres)]
        centres = np.array(means)
    return labels, centres, history


@functools.cache  # drawn alike for everybody, so it is run once
def _long(draw):
    """Draw points in a row, from whose end the centres move for more than a hundred rounds; return what is so far."""
    line = (np.arange(300) + 0.3 * np.random.default_rng(draw).random(300))[:, None]
    return line, _lloyd(line, line[:16], 100)


def _look_after(function, points, centres):
    """Run the function in the notebook and return what has become of its arguments."""
    function(points, centres)
    return points, centres


def _same(answer, expected):
    """Tell whether labels, centres and history are as expected."""
    return all(
        got.shape == np.shape(wanted) and np.allclose(got, wanted)
        for got, wanted in zip(_unpack(answer), expected, strict=True)
    )


def _blobs(rng, clusters, size, columns):
    """Make points around a few places that overlap a little, and the rows to start from."""
    places = rng.normal(scale=2.5, size=(clusters, columns))
    points = places[rng.integers(0, clusters, size)] + rng.normal(size=(size, columns))
    return points, points[rng.choice(size, clusters, replace=False)]


@pytest.mark.check(points=1, visible=True)
def test_nearest_example(student):
    """Four points on a line between two centres."""
    labels = student.nearest_centre([[0], [1], [5], [6]], [[0], [4]])
    assert np.array_equal(labels, [0, 0, 1, 1]), "1 is at distance 1 from the first centre and 3 from the second."


@pytest.mark.check(points=1, visible=True)
def test_rounds_example(student):
    """The three rounds of the example."""
    labels, centres, history = _unpack(student.k_means([[0], [1], [5], [6]], [[0], [1]]))
    assert history == pytest.approx([41, 6, 1])
    assert centres.shape == (2, 1), "Two centres with one coordinate each."
    assert centres.ravel() == pytest.approx([0.5, 5.5])
    assert np.array_equal(labels, [0, 0, 1, 1])


@pytest.mark.check(points=1)
def test_nearest(student, rng):
    """Fresh points and centres, with ties, as arrays and as lists."""
    for columns, clusters in ((2, 3), (3, 5), (1, 2)):
        points = rng.integers(-4, 5, (40, columns))
        centres = rng.integers(-4, 5, (clusters, columns))
        expected = _lloyd(points, centres, 1)[0]
        assert np.array_equal(student.nearest_centre(points, centres), expected)
        assert np.array_equal(student.nearest_centre(points.tolist(), centres.tolist()), expected)


@pytest.mark.check(points=2)
def test_until_it_stops(student, rng):
    """Labels, centres and history on fresh points in one, two and four dimensions, until nothing changes."""
    for clusters, size, columns in ((2, 30, 2), (4, 80, 2), (5, 70, 4), (3, 40, 1)):
        points, start = _blobs(rng, clusters, size, columns)
        expected = _lloyd(points, start)
        assert _same(student.k_means(points, start), expected)
        assert _same(student.k_means(points.tolist(), start.tolist()), expected)


@pytest.mark.check(points=1)
def test_few_rounds(student, rng):
    """Stopping after one, two or three rounds, and after many without a limit being named."""
    points, start = _blobs(rng, 4, 60, 2)
    start = points[np.argsort(points[:, 0])[:4]]  # four neighbours at the edge: it takes more than three rounds
    for rounds in (1, 2, 3):
        assert _same(student.k_means(points, start, rounds), _lloyd(points, start, rounds))
    assert _same(student.k_means(points, start, max_rounds=2), _lloyd(points, start, 2))
    line, expected = _long(int(rng.integers(2**32)))
    assert _same(student.k_means(line, line[:16]), expected)


@pytest.mark.check(points=1)
def test_lonely_centre(student, rng):
    """A centre that no point is nearest to stays, and what was passed in is left as it was."""
    points, start = _blobs(rng, 3, 40, 2)
    start = np.vstack([start[:1], [[60.0, -70.0]], start[1:]])
    student.look_after = _look_after
    for centres in (start, np.round(start).astype(int)):
        assert _same(student.k_means(points, centres), _lloyd(points, centres))
        left_points, left_centres = student.look_after(student.k_means, points, centres)
        assert np.array_equal(left_points, points)
        assert np.array_equal(left_centres, centres)
