import numpy as np
import pytest
from sklearn import preprocessing


def _pair(answer):
    assert answer is not None, "learn_scaling returned None: does it end with a return?"
    shift, scale = (np.asarray(part, dtype=float) for part in answer)
    return shift, scale


def _library(kind):
    return preprocessing.MinMaxScaler() if kind == "min-max" else preprocessing.MaxAbsScaler()


def _columns(rng, rows):
    """Draw columns of very different ranges: positive, all negative, around zero, and with a few rows far out."""
    table = rng.normal([400, -30, 0, 5], [90, 4, 2, 0.5], (rows, 4))
    table[0] = [900, -70, -11, 4.9]
    return rng.permutation(table)


@pytest.mark.check(points=1, visible=True)
def test_three_values(student):
    """The column of the example, with both kinds."""
    train = np.array([[-2.0], [3.0], [8.0]])
    shift, scale = _pair(student.learn_scaling(train, "min-max"))
    np.testing.assert_allclose([shift, scale], [[-2], [10]])
    shift, scale = _pair(student.learn_scaling(train, "max-abs"))
    np.testing.assert_allclose([shift, scale], [[0], [8]])
    scaled = student.apply_scaling(np.array([[-2.0], [3.0], [8.0], [18.0]]), np.array([-2.0]), np.array([10.0]))
    np.testing.assert_allclose(scaled, [[0], [0.5], [1], [2]])


@pytest.mark.check(points=2)
def test_learnt(student, rng):
    """What is learnt from fresh columns, positive and negative, against scikit-learn."""
    for rows in (7, 40):
        train = _columns(rng, rows)
        shift, scale = _pair(student.learn_scaling(train, "min-max"))
        library = _library("min-max").fit(train)
        np.testing.assert_allclose(shift, library.data_min_)
        np.testing.assert_allclose(scale, library.data_range_)
        shift, scale = _pair(student.learn_scaling(train, "max-abs"))
        np.testing.assert_allclose(shift, np.zeros(4))
        np.testing.assert_allclose(scale, _library("max-abs").fit(train).max_abs_)


@pytest.mark.check(points=1)
def test_other_rows(student, rng):
    """Fresh rows, some outside the range that was learnt, and a single row, against scikit-learn."""
    for kind in ("min-max", "max-abs"):
        library = _library(kind).fit(_columns(rng, 30))
        if kind == "min-max":
            shift, scale = library.data_min_, library.data_range_
        else:
            shift, scale = np.zeros(4), library.max_abs_
        rows = 3 * _columns(rng, 12)
        np.testing.assert_allclose(student.apply_scaling(rows, shift, scale), library.transform(rows))
        np.testing.assert_allclose(student.apply_scaling(rows[:1], shift, scale), library.transform(rows[:1]))


@pytest.mark.check(points=1)
def test_gaps(student, rng):
    """Columns with missing values, in the training rows and in others."""
    train, rows = _columns(rng, 25), _columns(rng, 6)
    train[rng.random(train.shape) < 0.3] = np.nan
    train[4] = [1.5, -2.5, 3.5, -4.5]
    rows[rng.random(rows.shape) < 0.3] = np.nan
    for kind in ("min-max", "max-abs"):
        shift, scale = _pair(student.learn_scaling(train, kind))
        expected = _library(kind).fit(train).transform(rows)
        np.testing.assert_allclose(student.apply_scaling(rows, shift, scale), expected)


@pytest.mark.check(points=1)
def test_constant_columns(student, rng):
    """Columns of equal numbers and of zeros, and a kind that does not exist."""
    number = float(rng.integers(3, 60))
    train = np.array([[number, 0.0, -number, 1.0], [number, 0.0, -number, number]])
    for kind in ("min-max", "max-abs"):
        shift, scale = _pair(student.learn_scaling(train, kind))
        library = _library(kind).fit(train)
        np.testing.assert_allclose(scale, library.scale_ if kind == "max-abs" else 1 / library.scale_)
        rows = rng.normal(0, 9, (3, 4))
        np.testing.assert_allclose(student.apply_scaling(rows, shift, scale), library.transform(rows))
    with pytest.raises(ValueError):
        student.learn_scaling(train, "standard")
