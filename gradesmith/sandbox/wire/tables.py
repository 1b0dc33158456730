"""How pandas' tables, series, indexes and scalars are written and read: column by column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from gradesmith.sandbox.frames import ProtocolError
from gradesmith.sandbox.wire.core import (
    LONGEST_WHOLE,
    Node,
    Opaque,
    Reader,
    Rule,
    Tag,
    TooMuch,
    Writer,
    text,
    whole,
    whole_or_other,
)
from gradesmith.sandbox.wire.plain import LONGEST_RANGE

WHOLE = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")
MASKED: dict[str, Any] = {
    "boolean": pd.arrays.BooleanArray,
    **dict.fromkeys(WHOLE, pd.arrays.IntegerArray),
    **dict.fromkeys(("Float32", "Float64"), pd.arrays.FloatingArray),
}
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-/]{0,60}")
FREQUENCY = re.compile(r"[A-Za-z\-]{1,10}")
UNITS = {"s", "ms", "us", "ns"}

Column = Any  # a pandas array, Series or Index


# Writing


def _write_column(writer: Writer, column: Column) -> Node:
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return writer.write_plain([column.to_numpy()])[0]
    for kind, write in COLUMN_RULES.items():
        if isinstance(dtype, kind):
            return writer.write(column, write)
    if dtype.name in MASKED:
        return writer.write(column, _write_masked)
    raise Opaque


def _write_masked(writer: Writer, column: Column) -> Node:
    values = column.array
    return writer.node("masked", column.dtype.name, [writer.write(values._data), writer.write(values._mask)])


def _write_strings(writer: Writer, column: Column) -> Node:
    missing = "NA" if column.dtype.na_value is pd.NA else "nan"
    texts = column.to_numpy(dtype=object, na_value=None)
    return writer.node("str", missing, writer.write_plain(texts.tolist()))


def _write_categories(writer: Writer, column: Column) -> Node:
    values = column.array if hasattr(column, "array") else column
    codes = np.asarray(values.codes, dtype=np.int64)
    return writer.node("cat", [writer.write(codes), _write_column(writer, values.categories)], bool(values.ordered))


def _write_zoned(writer: Writer, column: Column) -> Node:
    zone = _zone(column.dtype.tz)
    if not zone:
        raise Opaque
    return writer.node("zoned", zone, [writer.write(column.to_numpy(dtype=f"M8[{column.dtype.unit}]"))])


def _zone(zone: Any) -> str:
    """The name under which a time zone is known everywhere, or an empty text for one that was made up."""
    if zone is datetime.UTC:
        return "UTC"
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)  # of zoneinfo's, and of pytz's
    return name if type(name) is str and ZONE.fullmatch(name) else ""


def _write_intervals(writer: Writer, column: Column) -> Node:
    values = column.array
    ends = [_write_column(writer, values.left), _write_column(writer, values.right)]
    return writer.node("between", values.closed, ends)


def _write_periods(writer: Writer, column: Column) -> Node:
    values = column.array
    if not FREQUENCY.fullmatch(values.freqstr):
        raise Opaque
    return writer.node("period", values.freqstr, [writer.write(values.asi8)])


COLUMN_RULES: dict[type, Rule] = {
    pd.StringDtype: _write_strings,
    pd.CategoricalDtype: _write_categories,
    pd.DatetimeTZDtype: _write_zoned,
    pd.IntervalDtype: _write_intervals,
    pd.PeriodDtype: _write_periods,
}


def _write_index(writer: Writer, index: Any) -> Node:
    names = writer.write_plain(list(index.names))
    if isinstance(index, pd.MultiIndex):
        levels = [index.get_level_values(level) for level in range(index.nlevels)]
        return writer.node("X", "multi", names, [_write_column(writer, level) for level in levels])
    if isinstance(index, pd.RangeIndex):
        if len(index) > LONGEST_RANGE:
            raise Opaque
        writer.spell(3 * LONGEST_WHOLE)
        return writer.node("X", "range", names, [int(index.start), int(index.stop), int(index.step)])
    return writer.node("X", "flat", names, [_write_column(writer, index)])


def _write_series(writer: Writer, series: Any) -> Node:
    names = writer.write_plain([series.name])
    return writer.node("S", names, [writer.write(series.index, _write_index), _write_column(writer, series)])


def _write_frame(writer: Writer, frame: Any) -> Node:
    if frame.shape[1] > writer.caps.buffers:
        raise TooMuch
    columns = [_write_column(writer, frame.iloc[:, place]) for place in range(frame.shape[1])]
    indexes = [writer.write(frame.columns, _write_index), writer.write(frame.index, _write_index)]
    return writer.node("F", indexes, columns)


def _write_timestamp(writer: Writer, value: Any) -> Node:
    zone = "" if value.tzinfo is None else _zone(value.tzinfo)
    if value.tzinfo is not None and not zone:
        return writer.other(value)
    return writer.node("Timestamp", int(value._value), value.unit, zone)


def _write_timedelta(writer: Writer, value: Any) -> Node:
    return writer.node("Timedelta", int(value._value), value.unit)


def _write_missing(writer: Writer, value: Any) -> Node:
    return writer.node("missing", "NA" if value is pd.NA else "NaT")


INDEXES = (pd.Index, pd.RangeIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex, pd.CategoricalIndex,
           pd.IntervalIndex, pd.MultiIndex)  # fmt: skip
RULES: dict[type, Rule] = {
    pd.Series: whole_or_other(_write_series),
    pd.DataFrame: whole_or_other(_write_frame),
    pd.Timestamp: _write_timestamp,
    pd.Timedelta: _write_timedelta,
    type(pd.NA): _write_missing,
    type(pd.NaT): _write_missing,
    **dict.fromkeys(INDEXES, whole_or_other(_write_index)),
}


# Reading


def _read_columns(reader: Reader, nodes: Node, depth: int) -> list[Any]:
    return list(map(_column, reader.values(nodes, depth)))


def _column(column: Any) -> Any:
    if isinstance(column, np.ndarray):
        if column.ndim != 1:
            raise ProtocolError("a column has one dimension")
        return column
    if not isinstance(column, pd.api.extensions.ExtensionArray):
        raise ProtocolError("not a column")
    return column


def _read_strings(reader: Reader, node: list[Node], depth: int) -> Any:
    missing, nodes = node
    texts = reader.values(nodes, depth)
    if missing not in {"NA", "nan"} or any(one is not None and type(one) is not str for one in texts):
        raise ProtocolError("not a column of text")
    na_value = pd.NA if missing == "NA" else np.nan
    return pd.array(np.array([na_value if one is None else one for one in texts], dtype=object),
                    dtype=pd.StringDtype(na_value=na_value))  # fmt: skip


def _read_categories(reader: Reader, node: list[Node], depth: int) -> Any:
    columns, ordered = node
    if type(ordered) is not bool:
        raise ProtocolError("ordered, or not?")
    codes, categories = _read_columns(reader, columns, depth)
    return pd.Categorical.from_codes(codes, _index_of(categories), ordered=ordered)


def _read_zoned(reader: Reader, node: list[Node], depth: int) -> Any:
    zone, columns = node
    if not ZONE.fullmatch(text(zone, 61)):
        raise ProtocolError("not a time zone")
    (moments,) = _read_columns(reader, columns, depth)
    return pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(zone).array


def _read_intervals(reader: Reader, node: list[Node], depth: int) -> Any:
    closed, ends = node
    intervals: Any = pd.arrays.IntervalArray
    left, right = _read_columns(reader, ends, depth)
    return intervals.from_arrays(left, right, closed=text(closed, 10))


def _read_periods(reader: Reader, node: list[Node], depth: int) -> Any:
    frequency, columns = node
    if not FREQUENCY.fullmatch(text(frequency, 10)):
        raise ProtocolError("not a frequency")
    (ordinals,) = _read_columns(reader, columns, depth)
    periods: Any = pd.PeriodIndex
    return periods.from_ordinals(ordinals, freq=frequency).array


def _read_masked(reader: Reader, node: list[Node], depth: int) -> Any:
    name, columns = node
    column, missing = _read_columns(reader, columns, depth)
    if column.dtype.name != {"boolean": "bool"}.get(name, text(name, 10).lower()):
        raise ProtocolError("the values do not fit their type")
    return MASKED[name](column, missing)


def _index_of(column: Any, name: Any = None) -> Any:
    kept = object if column.dtype == object else column.dtype
    return pd.Index(column, dtype=kept, name=name)


def _read_names(reader: Reader, nodes: Node, depth: int) -> list[Any]:
    names = reader.values(nodes, depth)
    if not names:
        raise ProtocolError("an index has names")
    return names


def _read_index(reader: Reader, node: list[Node], depth: int) -> Any:
    kind, names, content = node
    return INDEX_TAGS[text(kind, 10)](reader, _read_names(reader, names, depth), content, depth)


def _read_range(_reader: Reader, names: list[Any], content: Node, _depth: int) -> Any:
    steps = range(*map(whole, content))
    if len(steps) > LONGEST_RANGE:
        raise ProtocolError("too long a range")
    return pd.RangeIndex(steps, name=names[0])


def _read_flat(reader: Reader, names: list[Any], content: Node, depth: int) -> Any:
    (column,) = _read_columns(reader, content, depth)
    return _index_of(column, names[0])


def _read_multi(reader: Reader, names: list[Any], content: Node, depth: int) -> Any:
    return pd.MultiIndex.from_arrays(list(map(_index_of, _read_columns(reader, content, depth))), names=names)


INDEX_TAGS: dict[str, Callable[[Reader, list[Any], Node, int], Any]] = {
    "range": _read_range,
    "flat": _read_flat,
    "multi": _read_multi,
}


def _index(index: Any) -> Any:
    if not isinstance(index, pd.Index):
        raise ProtocolError("not an index")
    return index


def _series_of(column: Any, index: Any, name: Any = None) -> Any:
    if len(column) != len(index):
        raise ProtocolError("a column and its index differ in length")
    return pd.Series(column, index=index, name=name, dtype=object if column.dtype == object else column.dtype)


def _read_series(reader: Reader, node: list[Node], depth: int) -> Any:
    names, parts = node
    (name,) = reader.values(names, depth)
    index, column = reader.values(parts, depth)
    return _series_of(_column(column), _index(index), name)


def _read_frame(reader: Reader, node: list[Node], depth: int) -> Any:
    indexes, columns = node
    names, rows = map(_index, reader.values(indexes, depth))
    series = [_series_of(column, rows) for column in _read_columns(reader, columns, depth)]
    frame = pd.DataFrame(dict(enumerate(series)), index=rows)
    frame.columns = names
    return frame


def _read_timestamp(_reader: Reader, node: list[Node], _depth: int) -> Any:
    value, unit, zone = node
    if unit not in UNITS:
        raise ProtocolError("not a unit of time")
    moment = pd.Timestamp(np.datetime64(whole(value), unit))
    if not zone:
        return moment
    if not ZONE.fullmatch(text(zone, 61)):
        raise ProtocolError("not a time zone")
    return moment.tz_localize("UTC").tz_convert(zone)


def _read_timedelta(_reader: Reader, node: list[Node], _depth: int) -> Any:
    value, unit = node
    if unit not in UNITS:
        raise ProtocolError("not a unit of time")
    return pd.Timedelta(np.timedelta64(whole(value), unit))


def _read_missing(_reader: Reader, node: list[Node], _depth: int) -> Any:
    (name,) = node
    return {"NA": pd.NA, "NaT": pd.NaT}[name]


TAGS: dict[str, Tag] = {
    "S": _read_series,
    "F": _read_frame,
    "X": _read_index,
    "Timestamp": _read_timestamp,
    "Timedelta": _read_timedelta,
    "missing": _read_missing,
    "str": _read_strings,
    "cat": _read_categories,
    "zoned": _read_zoned,
    "between": _read_intervals,
    "period": _read_periods,
    "masked": _read_masked,
}
