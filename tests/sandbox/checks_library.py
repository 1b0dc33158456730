"""The checks that the tests of the engine ask; a library as the bank would give it."""

import contextlib
import copy
import datetime
import math
import random
import statistics
import time

import numpy as np
import pandas as pd
import pytest


@pytest.mark.check(points=1)
def test_double(student):
    """Doubles a number."""
    assert student.double(21) == 42


def test_after_much_computing(student):
    last = time.process_time() + 0.2
    while time.process_time() < last:
        pass
    assert student.double(21) == 42


def test_is_42(student):
    assert student.f() == 42


def test_approx_42(student):
    assert student.f() == pytest.approx(42)


def test_42_first(student):
    assert 42 == student.f()  # noqa: SIM300 - which side asks makes a difference


def test_approx_first(student):
    assert pytest.approx(42) == student.f()


def test_close_to_42(student):
    assert np.allclose(student.f(), 42)


def test_array_equal(student):
    np.testing.assert_array_equal(student.f(), np.full(3, 42))


def test_true(student):
    assert student.f()


USES = {
    "np.all": np.all,
    "np.any": np.any,
    "np.mean": np.mean,
    "np.sum": np.sum,
    "np.max": np.max,
    "np.median": np.median,
    "np.sqrt": np.sqrt,
    "np.round": np.round,
    "np.size": np.size,
    "np.isnan": np.isnan,
    "np.asarray": np.asarray,
    "np.array": np.array,
    "np.array of one": lambda one: np.array([one]).astype(float),
    "np.allclose": lambda one: np.allclose(one, 42),
    "np.allclose of lists": lambda one: np.allclose([one], [42]),
    "np.isclose": lambda one: np.isclose(42, one),
    "np.array_equal": lambda one: np.array_equal(one, [42, 42, 42]),
    "np.equal": lambda one: np.equal(np.array([42]), one),
    "array ==": lambda one: (np.array([42]) == one).all(),
    "array +": lambda one: np.array([42]) + one,
    "series ==": lambda one: (pd.Series([42]) == one).all(),
    "pd.Series": lambda one: pd.Series(one) == 42,
    "pd.DataFrame": lambda one: pd.DataFrame(one) == 42,
    "pd.isna": pd.isna,
    "pd.to_numeric": pd.to_numeric,
    "assert_allclose": lambda one: np.testing.assert_allclose(one, 42),
    "math.isclose": lambda one: math.isclose(one, 42),
    "math.sqrt": math.sqrt,
    "math.floor": math.floor,
    "math.ceil": math.ceil,
    "math.trunc": math.trunc,
    "math.fsum": math.fsum,
    "statistics.mean": statistics.mean,
    "round": round,
    "abs": abs,
    "divmod": lambda one: divmod(one, 2),
    "sum": sum,
    "sorted": sorted,
    "min": min,
    "max": lambda one: max(one, 41),
    "int": int,
    "float": float,
    "complex": complex,
    "bool": bool,
    "hex": hex,
    "range": range,
    "any": any,
    "all": all,
    "format": "{:.2f}".format,
    "percent": lambda one: "%d" % one,  # noqa: UP031 - as many write it
    "copy": copy.deepcopy,
}


def refuses(use, claim):
    try:
        use(claim)
    except AssertionError as refusal:
        return "where plain data was expected" in str(refusal)
    except (TypeError, ValueError):  # no use at all
        return True
    return False


def test_no_use_of_a_claim_counts(student):
    claim = student.f()
    assert [name for name, use in USES.items() if not refuses(use, claim)] == []


def test_has_length(student):
    assert len(student.f()) > 0


def test_in_list(student):
    assert student.f() in [1, 42]


def test_less(student):
    assert student.f() < 43


def test_series_equal(student):
    pd.testing.assert_series_equal(student.f(), pd.Series([42]))


def test_raises_value_error(student):
    with pytest.raises(ValueError, match="negative"):
        student.f()


def test_raises_anything(student):
    with pytest.raises(Exception):  # noqa: B017, PT011 - as careless as a check can be
        student.f()


def test_swallows_everything(student):
    with contextlib.suppress(BaseException):
        student.f()


def test_types(student):
    given = {
        "none": None,
        "whole": 2**70,
        "float": float("inf"),
        "text": "é\ud800",
        "tuple": (1, [2.0, {3}]),
        "array": np.arange(6.0).reshape(2, 3),
        "day": datetime.date(2026, 1, 2),
        "table": pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"])}),
    }
    for name, value in given.items():
        back = student.f(value)
        assert type(back) is type(value), name
        if isinstance(value, pd.DataFrame):
            pd.testing.assert_frame_equal(back, value)
        else:
            assert np.array_equal(back, value) if isinstance(value, np.ndarray) else back == value, name


def test_passes_a_function(student):
    offset = 3
    assert student.f(lambda x: x + offset) == 13


def test_passes_an_estimator(student):
    from sklearn.linear_model import LinearRegression

    model = student.f(LinearRegression(), [[0], [1]], [0, 2])
    assert type(model).__name__ == "LinearRegression"
    assert model.predict([[2.0]])[0] == pytest.approx(4)
    assert model.coef_.tolist() == pytest.approx([2])


def test_looks_into_axes(student):
    ax = student.draw()
    assert ax.get_title() == "Ages"
    assert ax.get_xlabel() == "years"
    assert len(ax.patches) == 2
    assert [patch.get_height() for patch in ax.patches] == [1, 2]
    assert ax.lines[0].get_ydata().tolist() == [3, 4]


def test_draws(student):
    student.draw()
    student.draw()


def test_hands_a_handle_back(student):
    assert student.read(student.make()) == 5


def test_iterates(student):
    assert list(student.count(3)) == [0, 1, 2]
    assert student.f.__class__.__name__ == "function"


def test_endless_iteration(student):
    for _ in student.f():
        pass


def test_prints(student, printed):
    student.f()
    assert printed() == "hello\n"
    assert printed() == ""


def test_sets_a_name(student):
    student.data = [1, 2, 3]
    assert student.total() == 6


def test_patched(student, monkeypatch):
    monkeypatch.setattr(student, "data", [5])
    assert student.total() == 5


def test_functions_that_change(student, monkeypatch):
    first = student.f
    assert first() == 1
    assert student.f() == 2, "it has bound the name anew"
    assert first() == 1, "what was looked up before is still that"
    monkeypatch.setattr(student, "f", first)
    assert student.f() == 1
    monkeypatch.undo()
    assert student.f() == 2
    student.g = student.f
    assert student.g() == 2
    del student.g
    with pytest.raises(AttributeError, match="defines no"):
        student.g()
    student.forget()
    with pytest.raises(AttributeError, match="defines no"):
        student.forget()


def test_hash(student):
    assert {student.f(): 1}


def test_rng(student, rng):
    drawn = int(rng.integers(10**9))
    assert student.f(drawn) == drawn
    raise AssertionError(f"drawn {drawn}")


def test_draws_of_its_own(student):
    raise AssertionError(f"drawn {np.random.normal()} {random.random()}")


def test_draws_elsewhere(student):
    raise AssertionError(f"drawn {np.random.normal()} {random.random()}")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each(student, number):
    assert student.double(number) == 2 * number


def test_own_mistake(student):
    undefined_name  # noqa: B018, F821


def test_cannot_use(student):
    assert student.f()["key"] == 1


def test_gives_too_much(student):
    assert student.double(1) == 2
    student.double([0.1234567890123456] * 900_000)


def test_gives_what_cannot_be_copied(student):
    assert student.double(1) == 2
    student.double(number for number in [1])


def test_hears_that_it_gives_too_much(student):
    with pytest.raises(ValueError, match="too large to be sent"):
        student.double("x" * 20_000_000)
    assert student.double(1) == 2


def test_own_loop(student):
    while True:
        pass


def test_loop_over_answer(student):
    for _ in range(student.f()):
        pass


def test_within_a_second(student, within):
    with within(seconds=1):
        student.f()


def test_within_three_seconds_twice(student, within):
    for _ in range(2):
        with within(seconds=3):
            student.f()
    student.f()


def test_within_more_than_there_is(student, within):
    with within(seconds=3600):
        student.f()


def test_deaf_with_answer(student):
    sum(range(10 ** student.f()))  # C code, which hears no alarm


def test_deaf(student):
    sum(range(10**12))


def test_exits(student):
    raise SystemExit(3)


def test_kills_the_checker(student):
    import os

    os._exit(1)


def test_skips(student):
    pytest.skip("not today")


@pytest.fixture
def fitted(student):
    return student.fit()


@pytest.fixture
def mended():
    raise RuntimeError("our own fixture")


def test_with_student_fixture(fitted):
    assert fitted == 1


def test_with_broken_fixture(student, mended):
    pass


def test_calls(student):
    student.f()


def test_two_calls(student):
    student.f()
    assert student.f() == 42
