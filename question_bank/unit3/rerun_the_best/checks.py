import hashlib

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier


class Kept(dict):
    """A dictionary from which nothing can be taken out."""

    def pop(self, *_):
        """Refuse."""
        raise TypeError("the parameters are still needed")

    popitem = clear = __delitem__ = pop


def _mornings(rng, size):
    """Make rows of four columns with a label that a curve decides, more or less."""
    x = rng.normal(size=(size, 4))
    return x, (x[:, 0] * x[:, 1] + 0.7 * x[:, 2] + rng.normal(0, 0.5, size) > 0).astype(int)


def _kept(**contents):
    """Make the artefacts of a record."""
    return {
        name: {"bytes": len(one), "sha256": hashlib.sha256(one).hexdigest()} for name, one in contents.items()
    }


@pytest.mark.check(points=1, visible=True)
def test_example_differences(student):
    """Another accuracy and a new artefact."""
    run = {"metrics": {"accuracy": 0.9}, "artefacts": {}}
    assert student.differences(run, {"accuracy": 0.8}, {"labels": b"01"}) == ["artefact labels", "metric accuracy"]
    assert student.differences(run, {"accuracy": 0.9}, {}) == []


@pytest.mark.check(points=1, visible=True)
def test_stump(student):
    """A tree of depth 1 on six rows."""
    train = np.array([[1.0], [2.0], [3.0], [7.0], [8.0], [9.0]]), np.array([0, 0, 1, 1, 1, 1])
    valid = np.array([[0.0], [2.2], [5.0]]), np.array([0, 1, 1])
    params = {"kind": "tree", "max_depth": 1}
    metrics, artefacts = student.experiment(params, 0, train, valid)
    assert metrics == pytest.approx({"train_accuracy": 1.0, "accuracy": 2 / 3})
    assert artefacts == {"labels": bytes([0, 0, 1])}


@pytest.mark.check(points=1)
def test_fresh_experiments(student, rng):
    """Fresh rows for every kind of model, with settings and a seed that matter."""
    kinds = (
        ("tree", DecisionTreeClassifier, {"max_features": 1, "max_depth": 5}),
        ("forest", RandomForestClassifier, {"n_estimators": 5, "max_depth": 3}),
        ("boosting", GradientBoostingClassifier, {"n_estimators": 5, "subsample": 0.5}),
    )
    for kind, model, settings in kinds:
        train, valid, seed = _mornings(rng, 80), _mornings(rng, 150), int(rng.integers(1000))
        expected = model(**settings, random_state=seed).fit(*train)
        labels = expected.predict(valid[0])
        metrics, artefacts = student.experiment({"kind": kind} | settings, seed, train, valid)
        right = {
            "train_accuracy": np.mean(expected.predict(train[0]) == train[1]),
            "accuracy": np.mean(labels == valid[1]),
        }
        assert metrics == pytest.approx(right)
        assert artefacts == {"labels": labels.astype(np.uint8).tobytes()}


@pytest.mark.check(points=1)
def test_parameters_unchanged(student, rng):
    """The parameters can be used again, and an unknown kind is refused by name."""
    (x, _), valid = _mornings(rng, 40), _mornings(rng, 30)
    train = x, (x[:, 0] > 0).astype(int)
    cut = (x[x[:, 0] > 0, 0].min() + x[x[:, 0] <= 0, 0].max()) / 2
    labels = (valid[0][:, 0] > cut).astype(np.uint8)
    for params in (Kept(kind="tree", max_depth=1), {"max_depth": 1, "kind": "tree"}):
        assert student.experiment(params, 3, train, valid)[1] == {"labels": labels.tobytes()}
    with pytest.raises(ValueError, match="orchard"):
        student.experiment({"kind": "orchard", "max_depth": 2}, 3, train, valid)


@pytest.mark.check(points=1)
def test_fresh_differences(student, rng):
    """Metrics and artefacts that changed, vanished or are new; small changes within the tolerance."""
    same, old, new = rng.bytes(8), rng.bytes(9), rng.bytes(9)
    run = {
        "metrics": {"accuracy": 0.75, "auc": 0.5, "loss": 1.25, "lost": 0.0},
        "artefacts": _kept(labels=same, table=old, gone=old),
    }
    assert student.differences(run, {"accuracy": 0.75, "auc": 0.625, "loss": 1.25, "recall": 0.5}, {}) == [
        "artefact gone", "artefact labels", "artefact table", "metric auc", "metric lost", "metric recall",
    ]  # fmt: skip
    metrics = {"accuracy": 0.75, "auc": 0.5 + 1e-12, "loss": 1.125, "lost": 0.25}
    artefacts = {"labels": same, "table": new, "gone": old, "extra": b""}
    changed = ["artefact extra", "artefact table"]
    assert student.differences(run, metrics, artefacts) == [*changed, "metric loss", "metric lost"]
    assert student.differences(run, metrics, artefacts, tolerance=0.125) == [*changed, "metric lost"]
    assert student.differences(run, metrics, artefacts, 0.0625) == [*changed, "metric loss", "metric lost"]
    assert student.differences(run, metrics, artefacts, tolerance=0.5) == changed
    assert student.differences(run, metrics | {"auc": 0.5 + 1e-6}, artefacts, 1e-7)[2] == "metric auc"
    assert student.differences(run, run["metrics"] | {"auc": 0.500001}, {"labels": same, "table": old, "gone": old}) == [
        "metric auc"
    ]
