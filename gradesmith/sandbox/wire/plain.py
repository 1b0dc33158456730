"""How plain Python values are written and read."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import math
import re
from collections.abc import Callable, Hashable
from typing import Any

from gradesmith.sandbox.frames import ProtocolError
from gradesmith.sandbox.wire.core import Node, Reader, Rule, Tag, TooMuch, Writer, text, whole

SAFE_WHOLE = 2**63
HEX_DIGITS = 20_000
NUMBER_TEXT = 2_000


def _write_itself(_writer: Writer, value: Any) -> Node:
    return value


def _write_int(_writer: Writer, value: Any) -> Node:
    if -SAFE_WHOLE <= value < SAFE_WHOLE:
        return value
    if value.bit_length() > 4 * HEX_DIGITS:
        raise TooMuch
    return ["i", f"{value:x}"]


def _write_float(_writer: Writer, value: Any) -> Node:
    return value if math.isfinite(value) else ["f", repr(value)]


def _write_bytes(writer: Writer, value: Any) -> Node:
    return ["b", writer.buffer(bytes(value))]


def _write_items(tag: str) -> Rule:
    return lambda writer, value: [tag, writer.write_all(list(value))]


def _write_dict(writer: Writer, value: Any) -> Node:
    return ["d", [[writer.write(key), writer.write(item)] for key, item in dict.items(value)]]


def _write_complex(writer: Writer, value: Any) -> Node:
    return ["c", writer.write(value.real), writer.write(value.imag)]


def _write_range(_writer: Writer, value: Any) -> Node:
    if max(abs(value.start), abs(value.stop), abs(value.step)) >= SAFE_WHOLE:
        raise TooMuch
    return ["r", value.start, value.stop, value.step]


def _write_fraction(writer: Writer, value: Any) -> Node:
    return ["q", writer.write(value.numerator), writer.write(value.denominator)]


def _write_decimal(_writer: Writer, value: Any) -> Node:
    written = str(value)
    if len(written) > NUMBER_TEXT or (value.is_finite() and abs(value.adjusted()) > NUMBER_TEXT):
        raise TooMuch
    return ["m", written]


def _write_moment(writer: Writer, value: Any) -> Node:
    if getattr(value, "tzinfo", None) is not None:
        return writer.other(value)
    return [type(value).__name__, value.isoformat()]


def _write_duration(_writer: Writer, value: Any) -> Node:
    return ["timedelta", value.days, value.seconds, value.microseconds]


RULES: dict[type, Rule] = {
    type(None): _write_itself,
    bool: _write_itself,
    str: _write_itself,
    int: _write_int,
    float: _write_float,
    bytes: _write_bytes,
    bytearray: _write_bytes,
    list: _write_items("l"),
    tuple: _write_items("t"),
    set: _write_items("s"),
    frozenset: _write_items("z"),
    dict: _write_dict,
    collections.OrderedDict: _write_dict,
    collections.defaultdict: _write_dict,
    collections.Counter: _write_dict,
    complex: _write_complex,
    range: _write_range,
    fractions.Fraction: _write_fraction,
    decimal.Decimal: _write_decimal,
    datetime.date: _write_moment,
    datetime.datetime: _write_moment,
    datetime.time: _write_moment,
    datetime.timedelta: _write_duration,
}


# Reading


def _read_int(_reader: Reader, node: list[Node], _depth: int) -> int:
    (written,) = node
    if not re.fullmatch(r"-?[0-9a-f]+", text(written, HEX_DIGITS + 1)):
        raise ProtocolError("not a whole number")
    return int(written, 16)


def _read_float(_reader: Reader, node: list[Node], _depth: int) -> float:
    (name,) = node
    if name not in {"nan", "inf", "-inf"}:
        raise ProtocolError("not a float")
    return float(name)


def _read_bytes(reader: Reader, node: list[Node], _depth: int) -> bytes:
    (number,) = node
    return bytes(reader.buffer(number))


def _read_items(make: Callable[[list[Any]], Any]) -> Tag:
    def read(reader: Reader, node: list[Node], depth: int) -> Any:
        (nodes,) = node
        return make(reader.values(nodes, depth))

    return read


def _read_dict(reader: Reader, node: list[Node], depth: int) -> dict[Hashable, Any]:
    (pairs,) = node
    if type(pairs) is not list:
        raise ProtocolError("a list of pairs was expected")
    read: dict[Hashable, Any] = {}
    for pair in pairs:
        key, item = pair
        read[reader.value(key, depth)] = reader.value(item, depth)
    return read


def _read_complex(reader: Reader, node: list[Node], depth: int) -> complex:
    real, imaginary = reader.values(node, depth)
    if type(real) is not float or type(imaginary) is not float:
        raise ProtocolError("not a complex number")
    return complex(real, imaginary)


def _read_range(_reader: Reader, node: list[Node], _depth: int) -> range:
    start, stop, step = map(whole, node)
    return range(start, stop, step)


def _read_fraction(reader: Reader, node: list[Node], depth: int) -> fractions.Fraction:
    above, below = map(whole, reader.values(node, depth))
    return fractions.Fraction(above, below)


def _read_decimal(_reader: Reader, node: list[Node], _depth: int) -> decimal.Decimal:
    (written,) = node
    value = decimal.Decimal(text(written, NUMBER_TEXT))
    if value.is_finite() and abs(value.adjusted()) > NUMBER_TEXT:
        raise ProtocolError("a number whose digits would fill the memory")
    return value


def _read_moment(kind: type[datetime.date | datetime.time]) -> Tag:
    def read(_reader: Reader, node: list[Node], _depth: int) -> Any:
        (written,) = node
        return kind.fromisoformat(text(written, 40))

    return read


def _read_duration(_reader: Reader, node: list[Node], _depth: int) -> datetime.timedelta:
    days, seconds, microseconds = map(whole, node)
    return datetime.timedelta(days, seconds, microseconds)


def _read_handle(reader: Reader, node: list[Node], _depth: int) -> object:
    number, name = node
    return reader.handle(number, name)


def _read_pickle(reader: Reader, node: list[Node], _depth: int) -> object:
    (number,) = node
    return reader.unpickle(number)


TAGS: dict[str, Tag] = {
    "i": _read_int,
    "f": _read_float,
    "b": _read_bytes,
    "l": _read_items(list),
    "t": _read_items(tuple),
    "s": _read_items(set),
    "z": _read_items(frozenset),
    "d": _read_dict,
    "c": _read_complex,
    "r": _read_range,
    "q": _read_fraction,
    "m": _read_decimal,
    "date": _read_moment(datetime.date),
    "datetime": _read_moment(datetime.datetime),
    "time": _read_moment(datetime.time),
    "timedelta": _read_duration,
    "h": _read_handle,
    "p": _read_pickle,
}
