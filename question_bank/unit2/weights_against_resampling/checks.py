from collections import Counter

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_sample_weight


def _labels(rng, sizes):
    """Return labels with so many rows of each class, in random order."""
    return rng.permutation(np.repeat(list(sizes), list(sizes.values())))


def _is_oversampled(rows, labels):
    """Tell whether all rows come first and the extras, class after class, fill every class up to the largest."""
    rows, labels = [int(row) for row in rows], list(labels)
    sizes = Counter(labels)
    largest = max(sizes.values())
    wanted = [label for label in sorted(sizes) for _ in range(largest - sizes[label])]
    kept, extras = rows[: len(labels)], rows[len(labels) :]
    return kept == list(range(len(labels))) and [labels[row] for row in extras] == wanted


@pytest.mark.check(points=1, visible=True)
def test_four_notes(student):
    """The four notes of the example."""
    labels = ["fine", "hazard", "fine", "fine"]
    assert student.balanced_row_weights(labels) == pytest.approx([4 / 6, 2, 4 / 6, 4 / 6])
    assert list(student.oversampled_rows(labels, 5)) == [0, 1, 2, 3, 1, 1]


@pytest.mark.check(points=1)
def test_fresh_weights(student, rng):
    """Weights of fresh labels, in lists and arrays, of two and more classes, against scikit-learn."""
    for sizes in ({"no": 57, "yes": 4}, {3: 10, 7: 25, 1: 2}, {"a": 5, "b": 5}, {"only": 6}):
        labels = _labels(rng, sizes)
        expected = compute_sample_weight("balanced", labels)
        assert student.balanced_row_weights(labels) == pytest.approx(expected)
        assert student.balanced_row_weights(labels.tolist()) == pytest.approx(expected)


@pytest.mark.check(points=1)
def test_fresh_rows(student, rng):
    """Rows of fresh labels: everything once, then the extras in order, as many as are lacking."""
    for sizes in ({"no": 57, "yes": 4}, {3: 10, 7: 25, 1: 2}, {"z": 3, "y": 9, "x": 6}):
        labels = _labels(rng, sizes)
        for given in (labels, labels.tolist()):
            assert _is_oversampled(student.oversampled_rows(given, int(rng.integers(1000))), labels.tolist())


@pytest.mark.check(points=1)
def test_nothing_lacks(student, rng):
    """A single class, classes of equal size, and a single row: nothing is added and the rows stay in order."""
    size = int(rng.integers(3, 9))
    for sizes in ({"only": size}, {"a": size, "b": size}, {4: 1}):
        labels = _labels(rng, sizes)
        assert [int(row) for row in student.oversampled_rows(labels, 1)] == list(range(len(labels)))


@pytest.mark.check(points=1)
def test_luck_and_seed(student, rng):
    """The extras follow the seed, and every row of a class is as likely as the others to be one of them."""
    labels = _labels(rng, {"common": 24, "scarce": 8, "rare": 8}).tolist()
    draws = [list(student.oversampled_rows(labels, seed)) for seed in range(60)]
    assert [int(row) for row in student.oversampled_rows(labels, 7)] == [int(row) for row in draws[7]]
    extras = [[int(row) for row in rows[len(labels) :]] for rows in draws]
    assert len({tuple(rows) for rows in extras}) == 60, "Other seeds must give other rows."
    times = Counter(row for rows in extras for row in rows)
    # 60 draws of 16 rows for 8 rows of each class: 120 on average, with a standard deviation of about 10
    assert all(60 < times[row] < 180 for row in range(len(labels)) if labels[row] != "common")
    # with replacement: nearly no draw of 16 rows from 8 takes each exactly twice
    assert sum(set(Counter(rows).values()) == {2} for rows in extras) < 10
    places = [[row for row, label in enumerate(labels) if label == name] for name in ("rare", "scarce")]
    in_step = sum(
        [places[0].index(row) for row in rows[:16]] == [places[1].index(row) for row in rows[16:]] for rows in extras
    )
    assert in_step < 10, "The classes are drawn in step with each other."
