import numpy as np
import pytest


def _trips(rng, size, columns):
    """Draw rows and a target that no line fits exactly; the first rows are unlike the others."""
    rows = rng.normal(0, 2, (size, columns))
    rows[: size // 3, 0] += 6
    return rows, 20 + rows @ rng.normal(0, 2, columns) + 0.3 * rows[:, 0] ** 2 + rng.normal(0, 2, size)


def _errors(used, wanted, *pairs):
    """Fit a line by the pseudo-inverse, and return its RMSE on each pair of rows and target."""
    slopes = np.linalg.pinv(used - used.mean(axis=0)) @ (wanted - wanted.mean())
    predicted = [wanted.mean() + (rows - used.mean(axis=0)) @ slopes for rows, _ in pairs]
    return [np.sqrt(np.mean((target - said) ** 2)) for (_, target), said in zip(pairs, predicted, strict=True)]


def _curves(rows, target, new_rows, new_target, sizes, repeats, seed):
    """Compute both curves from scratch."""
    luck = np.random.default_rng(seed)
    orders = [luck.permutation(len(rows)) for _ in range(repeats)]
    curve = []
    for size in sizes:
        known = [(rows[order[:size]], target[order[:size]]) for order in orders]
        curve.append(np.mean([_errors(*pair, pair, (new_rows, new_target)) for pair in known], axis=0))
    train, valid = zip(*curve, strict=True)
    return train, valid


def _agrees(answer, expected):
    assert len(answer) == 2
    for got, wanted in zip(answer, expected, strict=True):
        assert list(got) == pytest.approx(wanted, abs=1e-8)


@pytest.mark.check(points=1, visible=True)
def test_points_on_a_line(student):
    """Rows that lie on one line: two of them suffice, and from then on nothing is wrong."""
    rows = np.arange(8.0).reshape(-1, 1)
    train, valid = student.learning_curve(rows, 3 * rows[:, 0] + 1, rows + 0.5, 3 * rows[:, 0] + 2.5, [1, 2, 8], 4, 0)
    assert list(train) == pytest.approx([0, 0, 0], abs=1e-9)
    assert valid[0] > 1
    assert list(valid[1:]) == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.check(points=2)
def test_training_errors(student, rng):
    """The training errors of fresh trips, for several sizes in any order."""
    for sizes, repeats in (([10, 20, 40], 2), ([40, 7], 3)):
        given = *_trips(rng, 40, 3), *_trips(rng, 30, 3), sizes, repeats, int(rng.integers(1000))
        train, _ = student.learning_curve(*given)
        assert list(train) == pytest.approx(_curves(*given)[0])


@pytest.mark.check(points=2)
def test_validation_errors(student, rng):
    """The validation errors of fresh trips, for several sizes in any order."""
    for sizes, repeats in (([10, 20, 40], 2), ([40, 7], 3)):
        given = *_trips(rng, 40, 3), *_trips(rng, 30, 3), sizes, repeats, int(rng.integers(1000))
        _, valid = student.learning_curve(*given)
        assert list(valid) == pytest.approx(_curves(*given)[1])


@pytest.mark.check(points=1)
def test_few_rows_and_one_repeat(student, rng):
    """A single repeat, a single size, fewer rows than columns, and a single row; what was given stays as it is."""
    trips = *_trips(rng, 20, 6), *_trips(rng, 9, 6)
    for sizes, repeats in (([1], 1), ([4, 6, 7, 12], 1), ([20], 3)):
        given = *(part.copy() for part in trips), list(sizes), repeats, int(rng.integers(1000))
        _agrees(student.learning_curve(*given), _curves(*trips, sizes, *given[5:]))
        assert all(np.array_equal(before, after) for before, after in zip(trips, given[:4], strict=True))
        assert given[4] == sizes
