"""The wire: plain values survive it unchanged, and nothing else does any harm."""

from __future__ import annotations

import builtins
import collections
import contextlib
import datetime
import http
import json
import math
import pickle
import socket
import struct
import threading
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradesmith.sandbox import wire
from gradesmith.sandbox.frames import Caps, Channel, OutOfTime, PartnerGone, ProtocolError, lengths, pack, pair, unpack
from gradesmith.sandbox.proxy import StudentError, exception_of

LIMITS = Caps(header=100_000, spelled=50_000, body=100_000, values=5_000)


class Token:
    """What a handle is read as, here."""

    def __init__(self, number: int, name: str) -> None:
        self.number, self.name = number, name


def sent(value: object, caps: Caps | None = None) -> bytes:
    writer = wire.writer(lambda one: ["h", 7, type(one).__name__], caps)
    return b"".join(pack({"value": writer.write(value)}, writer.buffers))


def received(message: bytes, caps: Caps | None = None) -> object:
    caps = caps or Caps()
    if len(message) < 8:
        raise ProtocolError("too short")
    head, body = lengths(message[:8], caps)
    header, buffers = unpack(message[8 : 8 + head], message[8 + head :], caps)
    if body != len(message) - 8 - head or "value" not in header:
        raise ProtocolError("cut off")
    return wire.reader(buffers, Token, caps=caps).read(header["value"])


def there_and_back(value: object) -> object:
    return received(sent(value))


def same(one: object, other: object) -> bool:
    """Equal in type and content, NaN being equal to itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return len(one) == len(other) and all(
            same(a, b) and same(one[a], other[b]) for a, b in zip(one, other, strict=True)
        )
    return one == other


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.binary(max_size=50)
    | st.complex_numbers()
    | st.fractions()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)
KEYS = st.none() | st.booleans() | st.integers() | st.text() | st.tuples(st.integers(), st.text())
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner) | st.sets(KEYS),
    max_leaves=20,
)
DTYPES = (
    npst.boolean_dtypes()
    | npst.integer_dtypes(endianness="=")
    | npst.unsigned_integer_dtypes(endianness="=")
    | npst.floating_dtypes(endianness="=")
    | npst.complex_number_dtypes(endianness="=")
    | npst.unicode_string_dtypes(endianness="=")
    | npst.byte_string_dtypes(endianness="=")
    | npst.datetime64_dtypes(endianness="=", max_period="h", min_period="ns")
    | npst.timedelta64_dtypes(endianness="=", max_period="h", min_period="ns")
)
ARRAYS = DTYPES.flatmap(lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, max_dims=3, min_side=0)))


@given(PLAIN)
def test_plain_values_survive(value):
    assert same(there_and_back(value), value)


@given(ARRAYS)
def test_arrays_survive(array):
    back = there_and_back(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tobytes() == np.ascontiguousarray(array).tobytes()
    assert back.flags.writeable


@given(DTYPES.flatmap(lambda dtype: npst.arrays(dtype, ())))
def test_numpy_scalars_survive(array):
    back = there_and_back(array[()])
    assert type(back) is type(array[()])
    assert np.asarray(back).tobytes() == np.asarray(array[()]).tobytes()


def test_arrays_of_any_layout_arrive_in_order():
    for array in (np.arange(6).reshape(2, 3).T, np.arange(6)[::2], np.arange(3, dtype=">i4"), np.array(["", ""])):
        assert there_and_back(array).tolist() == array.tolist()


TABLES = {
    "numbers": pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan], "c": [True, False]}),
    "texts": pd.DataFrame({"a": ["x", None], "b": pd.Series(["x", pd.NA], dtype="string")}),
    "objects": pd.DataFrame({"a": pd.Series([1, "x"], dtype=object), "b": pd.Series([[1], None], dtype=object)}),
    "categories": pd.DataFrame(
        {"a": pd.Categorical(["u", "v"], ordered=True), "b": pd.Categorical([1, None]), "c": pd.cut([1.0, 2.0], 2)}
    ),
    "moments": pd.DataFrame(
        {
            "a": pd.to_datetime(["2026-01-01", None]),
            "b": pd.to_timedelta([1, 2], unit="s"),
            "c": pd.date_range("2026", periods=2, tz="Europe/Paris"),
            "d": pd.period_range("2026-01", periods=2, freq="M"),
        }
    ),
    "nullable": pd.DataFrame(
        {
            "a": pd.array([1, None], dtype="Int64"),
            "b": pd.array([True, None], dtype="boolean"),
            "c": pd.array([1.5, None], dtype="Float64"),
        }
    ),
    "twice_the_same_name": pd.DataFrame([[1, 2.0]], columns=["a", "a"]),
    "no_columns": pd.DataFrame(index=[1, 2]),
    "no_rows": pd.DataFrame({"a": pd.Series([], dtype="int64")}),
    "levels": pd.DataFrame(
        [[1, 2]],
        columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)], names=["x", None]),
        index=pd.Index(["r"], name="row"),
    ),
    "series": pd.Series([1, 2], index=pd.date_range("2026", periods=2), name=("a", 1)),
    "index": pd.Index(["a", None], name="n"),
    "range": pd.RangeIndex(3, 9, 2, name="r"),
    "intervals": pd.IntervalIndex.from_breaks([0, 1, 2]),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_survive(name):
    table, back = TABLES[name], there_and_back(TABLES[name])
    if isinstance(table, pd.DataFrame):
        pd.testing.assert_frame_equal(back, table, check_freq=False)
    elif isinstance(table, pd.Series):
        pd.testing.assert_series_equal(back, table, check_freq=False)
    else:
        pd.testing.assert_index_equal(back, table, exact=True)


@pytest.mark.parametrize(
    "moment",
    [pd.Timestamp("2026-01-01 12:00"), pd.Timestamp("2026", tz="Asia/Tokyo"), pd.Timedelta(5, "s"), pd.NA, pd.NaT],
)
def test_pandas_scalars_survive(moment):
    back = there_and_back(moment)
    assert back is moment if pd.isna(moment) else (back == moment and back.unit == moment.unit)


class Liar(int):
    """A subclass that may say anything."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class Table(pd.DataFrame):
    """A subclass that may say anything."""


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Liar(3),
        lambda: 1,
        np.ma.masked_array([1]),
        np.array([object()], dtype=object),
        np.zeros(2, dtype=[("a", "i4")]),
        Table({"a": [1]}),
        pd.DataFrame({"a": [object()]}),
        datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        iter([1]),
        {1: 2}.keys(),
        collections.namedtuple("P", "x")(1),
        {1: "a", Liar(3): "b"},
        {(1, Liar(3)): "b"},
        {pd.Period("2026-01"): 1},
        {pd.Interval(0, 1): [1, 2]},
        {datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC): 1},
        {1, Liar(3)},
        frozenset([http.HTTPStatus.OK]),
        collections.Counter([Liar(3)]),
        range(2**62),
        range(2**70, 2**71),
        range(0, -(10**8), -3),
        pd.RangeIndex(20_000_000),
        pd.Series(1, index=pd.RangeIndex(20_000_000)),
        pd.Timestamp("2026", tz=datetime.timezone(datetime.timedelta(hours=1), "Home")),
        np.empty((2**41, 0)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_stays_behind(value):
    back = there_and_back([value])
    assert isinstance(back[0], Token)
    assert back[0].name == type(value).__name__


def test_counters_and_their_kin_arrive_as_plain_dictionaries():
    for value in (collections.Counter("aab"), collections.defaultdict(list, a=[1]), collections.OrderedDict(a=1)):
        back = there_and_back(value)
        assert (type(back), back) == (dict, value)


@pytest.mark.parametrize(
    "value",
    [
        [0] * 10_000,
        b"x" * 200_000,
        np.zeros(100_000),
        1 << 200_000,
        "x" * 60_000,
        "\U0001f600" * 5_000,
        np.str_("x" * 60_000),
        [0.1234567890123456] * 4_000,
        {str(number) * 10: "text" for number in range(2_000)},
        pd.Series(["some review"] * 4_500),
        [http.HTTPStatus.OK] * 4_000,
    ],
    ids=["list", "bytes", "array", "whole", "text", "signs", "numpy", "floats", "dictionary", "reviews", "handles"],
)
def test_what_is_too_large_is_refused_by_the_writer(value):
    with pytest.raises(wire.TooMuch):
        wire.writer(lambda one: ["h", 7, type(one).__name__], LIMITS).write(value)


def test_what_holds_itself_is_refused_by_the_writer():
    circle: list = []
    circle.append(circle)
    with pytest.raises(wire.TooMuch):
        wire.writer(lambda _: None).write(circle)


# Hostile messages

HOSTILE = [
    {},
    [],
    ["?"],
    [1],
    ["l"],
    ["l", 5],
    ["l", [["l"]]],
    ["d", [[["l", []], 1]]],
    ["d", 5],
    ["d", [5]],
    ["s", [["l", []]]],
    ["i", "x"],
    ["i", "f" * 30_000],
    ["f", "1"],
    ["c", [1, 2]],
    ["b", 0],
    ["b", -1],
    ["b", True],
    ["q", 1, 0],
    ["q", [1, 0]],
    ["m", "no"],
    ["m", "1e999999999"],
    ["r", 0, 1, 0],
    ["r", 0, 2**62, 1],
    ["r", 0, -(10**8), -1],
    ["p", 0],
    ["h", "1", "x"],
    ["h", 1, 5],
    ["date", "yesterday"],
    ["timedelta", 10**18, 0, 0],
    ["a", "<i8", [1], 0],
    ["a", "|O", [1], 0],
    ["a", "<V8", [1], 0],
    ["a", "<i8", [-1], 0],
    ["a", "<i8", [2**62, 2**62], 0],
    ["a", "<i8", "x", 0],
    ["o", [2], [1]],
    ["n", ["l", []]],
    ["n", "<f8", "00"],
    ["n", "<f8", "no"],
    ["n", "|O", "00"],
    ["S", ["n"], [["X", "range", [None], [0, 10**12, 1]], ["o", [0], []]]],
    ["X", "range", [None], [0, 1, 0]],
    ["X", "range", [], [0, 1, 1]],
    ["X", "other", [None], 1],
    ["X", ["l"], [None], 1],
    ["F", [1], 2],
    ["F", [["X", "range", [None], [0, 1, 1]], ["X", "range", [None], [0, 1, 1]]], 5],
    ["F", [["o", [0], []], ["X", "range", [None], [0, 1, 1]]], []],
    ["X", "flat", [None], [["l", []]]],
    ["cat", [1, 2], 3],
    ["cat", [1, 2], True],
    ["str", "x", []],
    ["str", "NA", [1]],
    ["zoned", "../../etc/passwd", [["o", [0], []]]],
    ["period", "os.system", [["o", [0], []]]],
    ["masked", "Int64", [1, 1]],
    ["masked", "__class__", [["o", [0], []], ["o", [0], []]]],
    ["Timestamp", 1, "Y", ""],
    ["missing", "x"],
]


@pytest.mark.parametrize("node", HOSTILE, ids=lambda node: json.dumps(node)[:40])
def test_nodes_that_no_writer_makes_are_refused(node):
    with pytest.raises(ProtocolError):
        wire.reader((), Token).read(node)


def test_impossible_content_of_arrays_is_refused():
    for dtype, content in (("|b1", b"\x02"), ("<U1", b"\xff\xff\xff\xff"), ("<i8", b"123")):
        with pytest.raises(ProtocolError):
            wire.reader((content,), Token).read(["a", dtype, [1], 0])


def test_a_reader_never_unpickles_unless_it_was_told_to():
    bomb = pickle.dumps(exception_of)
    with pytest.raises(ProtocolError, match="pickled"):
        wire.reader((bomb,), Token).read(["p", 0])


def test_nesting_without_end_is_refused():
    deep: object = 1
    for _ in range(200):
        deep = ["l", [deep]]
    with pytest.raises(ProtocolError):
        wire.reader((), Token).read(deep)
    with pytest.raises(ProtocolError):
        unpack(b"[" * 100_000, b"", Caps())


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(SCALARS | ARRAYS, lambda inner: st.lists(inner, max_size=4), max_leaves=6), st.data())
def test_damaged_messages_raise_nothing_but_a_protocol_error(value, data):
    message = bytearray(sent(value))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(message) - 1))
        message[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(message)))
    for broken in (bytes(message), bytes(message[:cut])):
        with contextlib.suppress(ProtocolError):
            received(broken, LIMITS)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(sorted(wire.TAGS))
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.builds(lambda tag, rest: [tag, *rest], st.sampled_from(sorted(wire.TAGS)), st.lists(inner, max_size=4))
    ),
    max_leaves=20,
)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(JSON, st.lists(st.binary(max_size=16), max_size=3))
def test_made_up_nodes_raise_nothing_but_a_protocol_error(node, buffers):
    with contextlib.suppress(ProtocolError):
        wire.reader(tuple(buffers), Token, caps=LIMITS).read(node)


@given(st.binary(max_size=200))
def test_noise_raises_nothing_but_a_protocol_error(noise):
    with contextlib.suppress(ProtocolError):
        received(noise, LIMITS)


# Channels


def test_a_channel_carries_headers_buffers_and_open_files(tmp_path):
    ours, theirs = pair()
    other = Channel(theirs)
    with (tmp_path / "f").open("wb") as file:
        ours.send({"a": 1}, [b"x", b""], descriptors=[file.fileno()])
        frame = other.receive(with_descriptors=True)
    assert (frame.header, frame.buffers) == ({"a": 1}, (b"x", b""))
    assert len(frame.descriptors) == 1
    socket.close(frame.descriptors[0])
    talking = threading.Thread(target=ours.send, args=({}, [bytes(100)] * 2_000))
    talking.start()
    assert len(other.receive().buffers) == 2_000
    talking.join()
    ours.close()
    with pytest.raises(PartnerGone):
        other.receive()
    other.close()


def test_a_channel_keeps_its_deadline_whatever_the_partner_does():
    ours, theirs = pair()
    with theirs:
        started = time.monotonic()
        with pytest.raises(OutOfTime):
            ours.receive(started + 0.1)
        theirs.sendall(struct.pack("!II", 1000, 0) + b"{")
        with pytest.raises(OutOfTime):
            ours.receive(time.monotonic() + 0.1)
        with pytest.raises(OutOfTime):
            ours.send({}, [bytes(50_000_000)], deadline=time.monotonic() + 0.2)
        assert time.monotonic() - started < 2
    ours.close()


def test_a_frame_that_claims_to_be_huge_is_refused_before_memory_is_taken():
    ours, theirs = pair()
    with theirs:
        theirs.sendall(b"\xff" * 8)
        with pytest.raises(ProtocolError):
            ours.receive(time.monotonic() + 1)
    ours.close()


# Exceptions

BUILT_IN = [name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)]


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_exception_becomes_a_students_one(name):
    made = exception_of({"type": name, "message": "m", "mro": [name, "Exception", "object"], "missing": False})
    assert (isinstance(made, StudentError), str(made)) == (True, "m")
    original = getattr(builtins, name)
    harmless = issubclass(original, Exception) and not issubclass(
        original, StopIteration | StopAsyncIteration | BaseExceptionGroup
    )
    assert isinstance(made, original) is (harmless or original in {BaseException, Exception})


@pytest.mark.parametrize(
    "raised", [None, 1, {}, {"type": 1, "message": "", "mro": []}, {"type": "", "message": "", "mro": [1]}]
)
def test_an_exception_of_the_wrong_form_is_refused(raised):
    with pytest.raises(ProtocolError):
        exception_of(raised)


def test_names_that_are_no_exceptions_are_not_looked_up():
    for name in ("eval", "object", "__import__", "int", "no_such", "a.b"):
        made = exception_of({"type": name, "message": "", "mro": [name]})
        assert type(made).__mro__[1:3] == (StudentError, Exception)
