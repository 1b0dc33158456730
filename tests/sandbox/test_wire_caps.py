"""Writer and reader agree about what is too much, so that no honest answer is taken for a forged one."""

from __future__ import annotations

import datetime
import fractions
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradesmith.sandbox import wire
from gradesmith.sandbox.frames import Caps, ProtocolError
from tests.sandbox.test_wire import ARRAYS, KEYS, PLAIN, SCALARS, TABLES, Liar, received, sent, there_and_back

LEAVES = {
    **TABLES,
    "array": np.arange(3),
    "objects_of_lists": np.array([[1], None, (2,)], dtype=object),
    "scalar": np.float32(1),
    "whole_numbers": [1, -(2**63), 2**63 - 1],
    "whole_numbers_too_large": [1, 2**63],
    "floats": [0.1, -1e300],
    "floats_of_all_kinds": [0.1, math.inf],
    "nothing": [],
    "complex": 1j,
    "fraction": fractions.Fraction(np.int64(1), 3),
    "steps": range(True),
    "whole": 2**80,
    "key": {(1, frozenset([2])): 3},
    "texts_as_categories": pd.Series(["u", "v"], dtype="string").astype("category"),
    "pairs": pd.Series([(1, 2), (3, 4)]).astype("category"),
    "grouped": pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [1.0, 2.0]}).groupby(["a", "b"]).agg(["mean", "std"]),
    "cut": pd.cut(pd.Series([1.0, 2.0, 3.0]), 2),
    "bins": pd.Series([1, 2]).value_counts(bins=2),
    "quarters": pd.Series(1, index=pd.period_range("2020", periods=3, freq="Q-NOV")),
    "zoned": pd.date_range("2026", periods=2, tz=datetime.UTC),
}
OPAQUE = [{Liar(3): [1]}, pd.date_range("2026", periods=2, tz="+01:00"), [object(), {object()}]]
ANYTHING = [*LEAVES.values(), *OPAQUE]


def admitted(value: object, caps: Caps) -> tuple[bool, bool]:
    """Whether a writer of these caps writes a value, and whether a reader of the same caps would read it."""
    try:
        wire.writer(lambda one: ["h", 7, type(one).__name__], caps).write(value)
    except wire.TooMuch:
        written = False
    else:
        written = True
    try:
        received(sent(value, Caps(depth=100)), caps)
    except ProtocolError:
        read = False
    else:
        read = True
    return written, read


@pytest.mark.parametrize("name", LEAVES)
def test_reader_and_writer_agree_how_deep_is_too_deep(name):
    value = LEAVES[name]
    answers = []
    for _ in range(44):
        answers.append(admitted(value, Caps()))
        value = [value]
    assert answers == sorted(answers, reverse=True)
    assert set(answers) == {(True, True), (False, False)}
    assert answers[30] == (True, True)


@pytest.mark.parametrize("name", LEAVES)
def test_reader_and_writer_agree_how_many_are_too_many(name):
    answers = [admitted([LEAVES[name], *[0] * filling], Caps(values=100)) for filling in range(50, 104)]
    assert answers == sorted(answers, reverse=True)
    assert set(answers) == {(True, True), (False, False)}


@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        SCALARS | ARRAYS | st.sampled_from(ANYTHING),
        lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    st.integers(0, 8),
    st.integers(1, 40),
)
def test_what_a_writer_writes_a_reader_reads(value, depth, values):
    written, read = admitted(value, Caps(depth=depth, values=values))
    assert read or not written


@given(PLAIN | ARRAYS | st.sampled_from(ANYTHING))
def test_a_writer_never_underrates_the_header(value):
    node = wire.writer(lambda one: ["h", 7, type(one).__name__]).write(value)
    length = len(json.dumps(node, separators=(",", ":")))
    with pytest.raises(wire.TooMuch):
        wire.writer(lambda one: ["h", 7, type(one).__name__], Caps(spelled=length - 1)).write(value)


def test_many_numpy_scalars_need_no_buffers():
    numbers = list(np.random.default_rng(0).normal(size=30_000))
    assert there_and_back(numbers) == numbers
