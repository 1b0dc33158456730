import numpy as np
import pytest
from scipy.cluster import hierarchy


def _unpack(answer):
    """Return labels and heights as arrays of numbers."""
    assert answer is not None, "agglomerate returned None: does it end with a return?"
    assert len(answer) == 2, "Return two things: labels and heights."
    return tuple(np.asarray(part, dtype=float) for part in answer)


def _in_order(labels):
    """Number clusters anew by where their first points stand."""
    first = {}
    return [first.setdefault(label, len(first)) for label in labels]


def _tree(points, linkage):
    """Return the heights at which SciPy joins, and the labels after every number of joins, one column for each."""
    tree = hierarchy.linkage(points, linkage)
    return tree[:, 2], hierarchy.cut_tree(tree)


def _agrees(answer, tree, k):
    """Compare with SciPy's tree, cut where k clusters are left."""
    labels, heights = _unpack(answer)
    joins = len(tree[1]) - k
    wanted, expected = _in_order(tree[1][:, joins].tolist()), np.sort(tree[0][:joins])
    return np.array_equal(labels, wanted) and heights.shape == expected.shape and np.allclose(heights, expected)


def _heap(rng, size, columns):
    """Make points of clusters of unlike size, in random order but for the first, which is far away."""
    places = rng.normal(scale=3, size=(3, columns))
    points = places[rng.choice(3, size, p=[0.6, 0.3, 0.1])] + rng.normal(size=(size, columns))
    points[0] += 40
    return points


@pytest.mark.check(points=1, visible=True)
def test_heights_example(student):
    """Four points on a line, joined down to one cluster."""
    for linkage, expected in (("single", [1, 2, 4]), ("complete", [1, 3, 7]), ("average", [1, 5 / 2, 17 / 3])):
        labels, heights = _unpack(student.agglomerate([[0], [1], [3], [7]], 1, linkage))
        assert heights == pytest.approx(expected), linkage
        assert np.array_equal(labels, [0, 0, 0, 0])


@pytest.mark.check(points=1, visible=True)
def test_labels_example(student):
    """The labels of two clusters, and which linkage is used when none is named."""
    labels, heights = student.agglomerate([[0], [1], [3], [7]], 2)
    assert np.array_equal(labels, [0, 0, 0, 1])
    assert np.asarray(labels).dtype.kind in "iu", "The labels are whole numbers, not floats."
    assert heights == pytest.approx([1, 3]), "Complete linkage is used when none is named."


@pytest.mark.check(points=1)
def test_single(student, rng):
    """Single linkage on fresh points, as array and as list, against SciPy."""
    for columns, k in ((2, 4), (3, 2)):
        points = _heap(rng, 30, columns)
        tree = _tree(points, "single")
        assert _agrees(student.agglomerate(points, k, "single"), tree, k)
        assert _agrees(student.agglomerate(points.tolist(), k, linkage="single"), tree, k)


@pytest.mark.check(points=1)
def test_complete(student, rng):
    """Complete linkage on fresh points, as array and as list, against SciPy."""
    for columns, k in ((2, 4), (3, 2)):
        points = _heap(rng, 30, columns)
        tree = _tree(points, "complete")
        assert _agrees(student.agglomerate(points, k), tree, k)
        assert _agrees(student.agglomerate(points.tolist(), k, "complete"), tree, k)


@pytest.mark.check(points=2)
def test_average(student, rng):
    """Average linkage on fresh points, as array and as list, against SciPy."""
    for columns, k in ((2, 4), (3, 2)):
        points = _heap(rng, 30, columns)
        tree = _tree(points, "average")
        assert _agrees(student.agglomerate(points, k, "average"), tree, k)
        assert _agrees(student.agglomerate(points.tolist(), k, linkage="average"), tree, k)


@pytest.mark.check(points=1)
def test_first_and_last(student, rng):
    """As many clusters as points, one cluster, a point far away that comes first or last, and two points."""
    points = _heap(rng, 12, 2)
    for linkage in ("single", "complete", "average"):
        for ordered in (points, points[::-1]):
            tree = _tree(ordered, linkage)
            for k in (12, 11, 2, 1):
                assert _agrees(student.agglomerate(ordered, k, linkage), tree, k)
    labels, heights = _unpack(student.agglomerate(points[:2], 1))
    assert np.array_equal(labels, [0, 0])
    assert heights == pytest.approx([float(np.hypot(*(points[0] - points[1])))])
