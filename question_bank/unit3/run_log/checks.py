import hashlib
import json

import numpy as np
import pytest


def _record(rng, metrics, **params):
    """Make the record of a run."""
    seed = int(rng.integers(1000))
    setup = json.dumps([params, seed], sort_keys=True).encode()
    return {
        "artefacts": {},
        "id": hashlib.sha256(setup).hexdigest()[:8],
        "metrics": metrics,
        "params": params,
        "seed": seed,
    }


def _log(records):
    """Write records down, one on each line."""
    return "\n".join(json.dumps(record, sort_keys=True) for record in records) + "\n"


@pytest.mark.check(points=1, visible=True)
def test_example_line(student):
    """The line of the example."""
    line = student.run_line({"depth": 3}, 7, {"accuracy": 0.9}, {"note": b"hello"})
    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert line == (
        '{"artefacts": {"note": {"bytes": 5, "sha256": "' + digest + '"}}, '
        '"id": "cc3a0f43", "metrics": {"accuracy": 0.9}, "params": {"depth": 3}, "seed": 7}'
    )


@pytest.mark.check(points=1, visible=True)
def test_example_log(student):
    """The best of three runs, by two metrics."""
    log = "\n".join(
        json.dumps({"id": name, "metrics": {"accuracy": accuracy, "loss": loss}})
        for name, accuracy, loss in (("a", 0.8, 0.5), ("b", 0.9, 0.6), ("c", 0.7, 0.4))
    )
    assert student.best_run(log, "accuracy")["id"] == "b"
    assert student.best_run(log, "loss", largest=False)["id"] == "c"


@pytest.mark.check(points=1)
def test_fresh_lines(student, rng):
    """Fresh runs with several parameters, NumPy metrics and artefacts of unlike sizes."""
    for names in (("rate", "depth", "kind"), ("alpha",), ()):
        params = {name: int(rng.integers(100)) for name in names}
        metrics = {"loss": rng.random(), "auc": np.float32(0.5), "accuracy": np.int64(1), "bias": float("nan")}
        artefacts = {f"file{i}": rng.bytes(int(rng.integers(1, 40))) for i in range(len(names))} | {"empty": b""}
        seed = int(rng.integers(1000))
        digests = {
            name: {"bytes": len(one), "sha256": hashlib.sha256(one).hexdigest()} for name, one in artefacts.items()
        }
        expected = {
            "artefacts": digests,
            "id": hashlib.sha256(json.dumps([params, seed], sort_keys=True).encode()).hexdigest()[:8],
            "metrics": {name: float(value) for name, value in metrics.items()},
            "params": params,
            "seed": seed,
        }
        assert student.run_line(params, seed, metrics, artefacts) == json.dumps(expected, sort_keys=True)


@pytest.mark.check(points=1)
def test_order_of_parameters(student, rng):
    """Parameters in another order give the same line; another seed gives another id."""
    names, seed = ["rate", "depth", "leaves", "kind"], int(rng.integers(1000))
    values = rng.integers(0, 50, 4).tolist()
    pairs = list(zip(names, values, strict=True))
    first = student.run_line(dict(pairs), seed, {"b": 0.25, "a": 0.5}, {})
    assert student.run_line(dict(pairs[::-1]), seed, {"a": 0.5, "b": 0.25}, {}) == first
    known = hashlib.sha256(json.dumps([dict(pairs), seed], sort_keys=True).encode()).hexdigest()[:8]
    assert json.loads(first)["id"] == known
    assert json.loads(student.run_line(dict(pairs), seed + 1, {}, {}))["id"] != known


@pytest.mark.check(points=1)
def test_fresh_logs(student, rng):
    """Fresh logs with ties, in both directions."""
    for runs in (1, 6, 25):
        values = np.repeat(rng.integers(-6, 6, runs) / 8, 2)
        records = [_record(rng, {"loss": float(v), "size": float(-v)}, run=i) for i, v in enumerate(values)]
        assert student.best_run(_log(records), "loss") == records[int(np.argmax(values))]
        assert student.best_run(_log(records), "loss", largest=True) == records[int(np.argmax(values))]
        assert student.best_run(_log(records), "loss", largest=False) == records[int(np.argmin(values))]
        assert student.best_run(_log(records), "size", False) == records[int(np.argmax(values))]


@pytest.mark.check(points=1)
def test_gaps(student, rng):
    """Empty lines, runs without the metric, failed runs, and a log in which nothing is left."""
    low = int(rng.integers(1, 40)) / 64
    values = ({"auc": low}, {"loss": low}, {"auc": float("nan")}, {"auc": low + 0.25}, {}, {"auc": 0.0})
    records = [_record(rng, metrics, run=i) for i, metrics in enumerate(values)]
    spaced = "\n   \n" + _log(records[2:]).replace("\n", "\n\n") + " \n" + _log(records[:2])
    assert student.best_run(spaced, "auc") == records[3]
    assert student.best_run(spaced, "auc", largest=False) == records[5]
    assert student.best_run(spaced, "recall") is None
    assert student.best_run(_log(records[1:3]), "auc") is None
    assert student.best_run("", "auc") is None
