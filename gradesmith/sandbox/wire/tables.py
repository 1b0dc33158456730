"""How pandas' tables, series, indexes and scalars are written and read: column by column."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from gradesmith.sandbox.frames import ProtocolError
from gradesmith.sandbox.wire.core import Node, Opaque, Reader, Rule, Tag, Writer, text, whole, whole_or_other

WHOLE = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")
MASKED: dict[str, Any] = {
    "boolean": pd.arrays.BooleanArray,
    **dict.fromkeys(WHOLE, pd.arrays.IntegerArray),
    **dict.fromkeys(("Float32", "Float64"), pd.arrays.FloatingArray),
}
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-/]{0,60}")
FREQUENCY = re.compile(r"[A-Za-z\-]{1,10}")
UNITS = {"s", "ms", "us", "ns"}
LONGEST_RANGE = 10_000_000

Column = Any  # a pandas array, Series or Index


# Writing


def _write_column(writer: Writer, column: Column) -> Node:
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return writer.write_plain([column.to_numpy()])[0]
    for kind, write in COLUMN_RULES.items():
        if isinstance(dtype, kind):
            return write(writer, column)
    if dtype.name in MASKED:
        values = column.array
        return ["masked", dtype.name, writer.write(values._data), writer.write(values._mask)]
    raise Opaque


def _write_strings(writer: Writer, column: Column) -> Node:
    missing = "NA" if column.dtype.na_value is pd.NA else "nan"
    texts = column.to_numpy(dtype=object, na_value=None)
    return ["str", missing, writer.write_plain(texts.tolist())]


def _write_categories(writer: Writer, column: Column) -> Node:
    values = column.array if hasattr(column, "array") else column
    codes = np.asarray(values.codes, dtype=np.int64)
    return ["cat", writer.write(codes), _write_column(writer, values.categories), bool(values.ordered)]


def _write_zoned(writer: Writer, column: Column) -> Node:
    zone = str(column.dtype.tz)
    if not ZONE.fullmatch(zone):
        raise Opaque
    return ["zoned", zone, writer.write(column.to_numpy(dtype=f"M8[{column.dtype.unit}]"))]


def _write_intervals(writer: Writer, column: Column) -> Node:
    values = column.array
    return ["between", values.closed, _write_column(writer, values.left), _write_column(writer, values.right)]


def _write_periods(writer: Writer, column: Column) -> Node:
    values = column.array
    if not FREQUENCY.fullmatch(values.freqstr):
        raise Opaque
    return ["period", values.freqstr, writer.write(values.asi8)]


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
        return ["X", "multi", names, [_write_column(writer, level) for level in levels]]
    if isinstance(index, pd.RangeIndex):
        return ["X", "range", names, [index.start, index.stop, index.step]]
    return ["X", "flat", names, _write_column(writer, index)]


def _write_series(writer: Writer, series: Any) -> Node:
    (name,) = writer.write_plain([series.name])
    return ["S", name, _write_index(writer, series.index), _write_column(writer, series)]


def _write_frame(writer: Writer, frame: Any) -> Node:
    columns = [_write_column(writer, frame.iloc[:, place]) for place in range(frame.shape[1])]
    return ["F", _write_index(writer, frame.columns), _write_index(writer, frame.index), columns]


def _write_timestamp(writer: Writer, value: Any) -> Node:
    zone = "" if value.tzinfo is None else str(value.tzinfo)
    if zone and not ZONE.fullmatch(zone):
        return writer.other(value)
    return ["Timestamp", int(value._value), value.unit, zone]


def _write_timedelta(_writer: Writer, value: Any) -> Node:
    return ["Timedelta", int(value._value), value.unit]


def _write_missing(_writer: Writer, value: Any) -> Node:
    return ["missing", "NA" if value is pd.NA else "NaT"]


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


def _read_column(reader: Reader, node: Node, depth: int) -> Any:
    column = reader.value(node, depth)
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
    codes, categories, ordered = node
    if type(ordered) is not bool:
        raise ProtocolError("ordered, or not?")
    column = _read_column(reader, codes, depth)
    return pd.Categorical.from_codes(column, _index_of(_read_column(reader, categories, depth)), ordered=ordered)


def _read_zoned(reader: Reader, node: list[Node], depth: int) -> Any:
    zone, moments = node
    if not ZONE.fullmatch(text(zone, 61)):
        raise ProtocolError("not a time zone")
    return pd.DatetimeIndex(_read_column(reader, moments, depth)).tz_localize("UTC").tz_convert(zone).array


def _read_intervals(reader: Reader, node: list[Node], depth: int) -> Any:
    closed, left, right = node
    intervals: Any = pd.arrays.IntervalArray
    ends = _read_column(reader, left, depth), _read_column(reader, right, depth)
    return intervals.from_arrays(*ends, closed=text(closed, 10))


def _read_periods(reader: Reader, node: list[Node], depth: int) -> Any:
    frequency, ordinals = node
    if not FREQUENCY.fullmatch(text(frequency, 10)):
        raise ProtocolError("not a frequency")
    periods: Any = pd.PeriodIndex
    return periods.from_ordinals(_read_column(reader, ordinals, depth), freq=frequency).array


def _read_masked(reader: Reader, node: list[Node], depth: int) -> Any:
    name, values, mask = node
    column, missing = _read_column(reader, values, depth), _read_column(reader, mask, depth)
    if column.dtype.name != {"boolean": "bool"}.get(name, text(name, 10).lower()):
        raise ProtocolError("the values do not fit their type")
    return MASKED[name](column, missing)


def _index_of(column: Any, name: Any = None) -> Any:
    kept = object if column.dtype == object else column.dtype
    return pd.Index(column, dtype=kept, name=name)


def _read_names(reader: Reader, nodes: Node, depth: int) -> list[Any]:
    names = reader.values(nodes, depth)
    if not 1 <= len(names) <= 100:
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
    return _index_of(_read_column(reader, content, depth), names[0])


def _read_multi(reader: Reader, names: list[Any], content: Node, depth: int) -> Any:
    if type(content) is not list:
        raise ProtocolError("an index of several levels has several levels")
    return pd.MultiIndex.from_arrays([_index_of(_read_column(reader, one, depth)) for one in content], names=names)


INDEX_TAGS: dict[str, Callable[[Reader, list[Any], Node, int], Any]] = {
    "range": _read_range,
    "flat": _read_flat,
    "multi": _read_multi,
}


def _read_whole_index(reader: Reader, node: Node, depth: int) -> Any:
    index = reader.value(node, depth)
    if not isinstance(index, pd.Index):
        raise ProtocolError("not an index")
    return index


def _series_of(column: Any, index: Any, name: Any = None) -> Any:
    if len(column) != len(index):
        raise ProtocolError("a column and its index differ in length")
    return pd.Series(column, index=index, name=name, dtype=object if column.dtype == object else column.dtype)


def _read_series(reader: Reader, node: list[Node], depth: int) -> Any:
    name, index, column = node
    return _series_of(
        _read_column(reader, column, depth), _read_whole_index(reader, index, depth), reader.value(name, depth)
    )


def _read_frame(reader: Reader, node: list[Node], depth: int) -> Any:
    names, index, columns = node
    rows = _read_whole_index(reader, index, depth)
    if type(columns) is not list:
        raise ProtocolError("a table has columns")
    series = [_series_of(_read_column(reader, one, depth), rows) for one in columns]
    frame = pd.DataFrame(dict(enumerate(series)), index=rows)
    frame.columns = _read_whole_index(reader, names, depth)
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
