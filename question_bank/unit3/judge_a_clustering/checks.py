import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics


def _as_numbers(values, size):
    """Return the values as floats, one for each point."""
    assert values is not None, "silhouette_values returned None: does it end with a return?"
    values = np.asarray(values, dtype=float)
    assert values.shape == (size,), "One value for each point is wanted."
    return values


def _clustered(rng, size, columns, names):
    """Make points and labels of very unlike frequency that fit them loosely; every name occurs at least twice."""
    names = np.asarray(names)
    weights = np.arange(1, len(names) + 1.0) ** 2
    own = np.concatenate([np.repeat(np.arange(len(names)), 2), rng.choice(len(names), size, p=weights / weights.sum())])
    points = rng.normal(scale=1.5, size=(len(names), columns))[own] + rng.normal(size=(own.size, columns))
    return points, names[own]


@pytest.mark.check(points=1, visible=True)
def test_silhouette_example(student):
    """The silhouette of the second point of the example."""
    values = _as_numbers(student.silhouette_values([[0], [2], [7], [9], [9]], [4, 4, 1, 1, 1]), 5)
    assert values[1] == pytest.approx(13 / 19)


@pytest.mark.check(points=1, visible=True)
def test_calinski_example(student):
    """Calinski-Harabasz of the example."""
    assert student.calinski_harabasz([[0], [2], [7], [9], [9]], [4, 4, 1, 1, 1]) == pytest.approx(41.4857, abs=1e-3)


@pytest.mark.check(points=2)
def test_fresh_silhouettes(student, rng):
    """The silhouettes of fresh points with any names of clusters, as arrays and as lists, against scikit-learn."""
    for names, columns in (([0, 1], 2), ([3, 8, 5, 40], 3), ([7, -1, 2], 1)):
        points, labels = _clustered(rng, 40, columns, names)
        expected = sklearn_metrics.silhouette_samples(points, labels)
        assert np.allclose(_as_numbers(student.silhouette_values(points, labels), labels.size), expected)
        answer = student.silhouette_values(points.tolist(), labels.tolist())
        assert np.allclose(_as_numbers(answer, labels.size), expected)


@pytest.mark.check(points=2)
def test_fresh_calinski(student, rng):
    """Calinski-Harabasz of fresh points far from zero, as arrays and as lists, against scikit-learn."""
    for names, columns in (([0, 1], 2), ([3, 8, 5, 40], 3), ([7, -1, 2], 1)):
        points, labels = _clustered(rng, 50, columns, names)
        points += 10 * rng.random(columns)
        expected = sklearn_metrics.calinski_harabasz_score(points, labels)
        assert student.calinski_harabasz(points, labels) == pytest.approx(expected)
        assert student.calinski_harabasz(points.tolist(), labels.tolist()) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_alone(student, rng):
    """Points that are alone in their cluster, with either referee."""
    points, labels = _clustered(rng, 20, 2, [0, 1, 2])
    points = np.vstack([points, rng.normal(size=(2, 2))])
    labels = np.concatenate([labels, [9, 11]])
    expected = sklearn_metrics.silhouette_samples(points, labels)
    assert np.allclose(_as_numbers(student.silhouette_values(points, labels), labels.size), expected)
    expected = sklearn_metrics.calinski_harabasz_score(points, labels)
    assert student.calinski_harabasz(points, labels) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_same_place(student, rng):
    """Points that lie on one spot, within a cluster and across two."""
    spot, far = rng.integers(0, 6, 2), rng.integers(20, 30, 2)
    points = np.array([spot, spot, spot, spot, far, far, far + [1, 3]])
    for labels in ([0, 0, 1, 1, 2, 2, 2], [0, 0, 0, 0, 2, 2, 2], [0, 0, 0, 1, 2, 2, 2]):
        values = _as_numbers(student.silhouette_values(points, labels), 7)
        assert np.allclose(values, np.nan_to_num(sklearn_metrics.silhouette_samples(points, labels)))
