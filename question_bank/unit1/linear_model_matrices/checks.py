import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error as sklearn_mse


def _same(answer, expected):
    """Tell whether a returned array has the expected shape and numbers."""
    assert answer is not None, "The function returned None: does it end with a return?"
    return np.shape(answer) == np.shape(expected) and np.allclose(np.asarray(answer, dtype=float), expected)


def _oracle_predictions(design, weights):
    """Predict row by row and model by model."""
    models = np.atleast_2d(weights.T).tolist()
    predicted = [[sum(x * w for x, w in zip(row, one, strict=True)) for one in models] for row in design.tolist()]
    return np.array(predicted)[:, 0] if weights.ndim == 1 else np.array(predicted)


def _scikit_learns(design, weights):
    """Predict with scikit-learn, which keeps the intercept apart; the first column of the design holds ones."""
    model = LinearRegression().fit(design[:, 1:], np.zeros(len(design)))
    model.intercept_, model.coef_ = weights[0], weights[1:]
    return model.predict(design[:, 1:])


def _loads(rng, size, features):
    """Make a design matrix and a target."""
    return np.column_stack([np.ones(size), rng.normal(3, 2, (size, features))]), rng.normal(20, 5, size)


@pytest.mark.check(points=1, visible=True)
def test_matrix_example(student):
    """The two rows of the example, and two rows with two features."""
    assert _same(student.design_matrix([2, 4]), [[1, 2], [1, 4]]), "Ones in front; each number is a row of its own."
    assert _same(student.design_matrix([[2, 7], [4, 9]]), [[1, 2, 7], [1, 4, 9]])


@pytest.mark.check(points=1, visible=True)
def test_error_example(student):
    """Predictions and error of the example, for one model and for two at once."""
    design = [[1, 2], [1, 4]]
    assert _same(student.predict(design, [10, 3]), [16, 22])
    assert _same(student.mean_squared_error(design, [15, 24], [10, 3]), 2.5)
    both = [[10, 15], [3, 2]]
    assert _same(student.predict(design, both), [[16, 19], [22, 23]]), "Each column of the weights is a model."
    assert _same(student.mean_squared_error(design, [15, 24], both), [2.5, 8.5]), "One error for each of two models."


@pytest.mark.check(points=1)
def test_fresh_matrices(student, rng):
    """Fresh features: several columns, a single row, a one-dimensional feature, lists and arrays."""
    for shape in ((6, 3), (1, 4), (5, 1), (3, 3)):
        features = rng.normal(size=shape)
        expected = np.array([[1.0, *row] for row in features])
        assert _same(student.design_matrix(features), expected)
        assert _same(student.design_matrix(features.tolist()), expected)
    for size in (1, 4):
        whole = rng.integers(2, 50, size)
        expected = np.array([[1.0, number] for number in whole])
        assert _same(student.design_matrix(whole), expected)
        assert _same(student.design_matrix((whole / 4).tolist()), np.array([[1.0, number / 4] for number in whole]))


@pytest.mark.check(points=1)
def test_fresh_predictions(student, rng):
    """Fresh weights for one model and for several, against scikit-learn."""
    for size, features in ((8, 2), (5, 4), (1, 3)):
        design, _ = _loads(rng, size, features)
        for shape in ((features + 1,), (features + 1, 3), (features + 1, 1)):
            weights = rng.normal(size=shape)
            expected = _oracle_predictions(design, weights)
            assert _same(student.predict(design, weights), expected)
            assert _same(student.predict(design.tolist(), weights.tolist()), expected)
    assert _same(student.predict(design, weights[:, 0]), _scikit_learns(design, weights[:, 0]))


@pytest.mark.check(points=1)
def test_error_of_one_model(student, rng):
    """The error of one model on fresh rows, against scikit-learn."""
    for size in (1, 7, 40):
        design, target = _loads(rng, size, 2)
        weights = rng.normal(size=3)
        expected = sklearn_mse(target, _oracle_predictions(design, weights))
        assert _same(student.mean_squared_error(design, target, weights), expected)
        assert _same(student.mean_squared_error(design.tolist(), target.tolist(), weights.tolist()), expected)


@pytest.mark.check(points=1)
def test_error_of_several_models(student, rng):
    """The errors of several models, also where there are as many models as rows."""
    for size, models in ((9, 4), (5, 5), (3, 3), (6, 1)):
        design, target = _loads(rng, size, 2)
        weights = rng.normal(size=(3, models))
        predicted = _oracle_predictions(design, weights)
        expected = np.array([np.mean((target - column) ** 2) for column in predicted.T])
        assert _same(student.mean_squared_error(design, target, weights), expected)
        assert _same(student.mean_squared_error(design.tolist(), target.tolist(), weights.tolist()), expected)
