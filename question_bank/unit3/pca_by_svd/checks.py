import numpy as np
import pytest
from sklearn.decomposition import PCA


def _unpack(answer):
    """Return scores, directions and shares as arrays of numbers."""
    assert answer is not None, "pca returned None: does it end with a return?"
    assert len(answer) == 3, "Return three things: scores, directions and shares."
    return tuple(np.asarray(part, dtype=float) for part in answer)


def _look_after(function, points, n):
    """Run the function in the notebook and return what has become of the points."""
    function(points, n)
    return points


def _oracle(points):
    """Take all components from scikit-learn and turn them as the prompt asks."""
    model = PCA(svd_solver="full").fit(points)
    rows = np.arange(len(model.components_))
    signs = np.sign(model.components_[rows, np.abs(model.components_).argmax(axis=1)])
    return model.transform(points) * signs, model.components_ * signs[:, None], model.explained_variance_ratio_


def _first(parts, n):
    """Return scores, directions and shares of the first n components."""
    return parts[0][:, :n], parts[1][:n], parts[2][:n]


def _alike(got, wanted):
    return got.shape == np.shape(wanted) and np.allclose(got, wanted)


def _cloud(rng, rows, columns):
    """Make points of correlated features, far from zero, with clearly different spread along each component."""
    turned, _ = np.linalg.qr(rng.normal(size=(columns, columns)))
    return rng.normal(size=(rows, columns)) * 1.7 ** -np.arange(columns) @ turned + 8 * rng.random(columns)


@pytest.mark.check(points=1, visible=True)
def test_line_example(student):
    """The three points of the example."""
    scores, directions, shares = _unpack(student.pca([[0, 0], [2, 1], [4, 2]], 1))
    assert scores.shape == (3, 1), "One row for each point and one column for each component."
    assert scores[:, 0] == pytest.approx([-(5**0.5), 0, 5**0.5])
    assert directions.shape == (1, 2), "One row for each component and one column for each feature."
    assert directions[0] == pytest.approx([2 / 5**0.5, 1 / 5**0.5])
    assert shares == pytest.approx([1])


@pytest.mark.check(points=1)
def test_shares(student, rng):
    """The shares of variance on fresh points, for some and for all components, against scikit-learn."""
    points = _cloud(rng, 50, 5)
    expected = _oracle(points)[2]
    for n in (1, 3, 5):
        assert _alike(_unpack(student.pca(points, n))[2], expected[:n])


@pytest.mark.check(points=1)
def test_directions(student, rng):
    """The directions and their signs on fresh points, against scikit-learn."""
    for rows, columns in ((40, 4), (60, 6)):
        points = _cloud(rng, rows, columns)
        expected = _oracle(points)[1]
        for n in (2, columns):
            assert _alike(_unpack(student.pca(points, n))[1], expected[:n])
            assert _alike(_unpack(student.pca(-points, n))[1], expected[:n])


@pytest.mark.check(points=2)
def test_scores(student, rng):
    """The scores on fresh points, from arrays and lists, and what n does, against scikit-learn."""
    for rows, columns in ((40, 4), (60, 6)):
        points = _cloud(rng, rows, columns)
        expected = _oracle(points)[0]
        for n in (1, 2, columns):
            assert _alike(_unpack(student.pca(points, n))[0], expected[:, :n])
            assert _alike(_unpack(student.pca(points.tolist(), n))[0], expected[:, :n])


@pytest.mark.check(points=1)
def test_wide_and_whole(student, rng):
    """Fewer points than features, whole numbers, and an array that stays as it was."""
    wide = _cloud(rng, 5, 9)
    whole = rng.integers(0, 60, (30, 3)) * [1, 4, 16]
    for points, n in ((wide, 4), (whole, 2), (whole, 3)):
        answer = _unpack(student.pca(points, n))
        assert all(_alike(got, wanted) for got, wanted in zip(answer, _first(_oracle(points), n), strict=True))
    student.look_after = _look_after
    points = _cloud(rng, 20, 3)
    assert np.array_equal(student.look_after(student.pca, points, 2), points)
