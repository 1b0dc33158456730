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
from gradesmith.sandbox.wire.core import Node, Reader, Rule, Tag, TooMuch, Writer, text, whole, whole_or_other

SAFE_WHOLE = 2**63
LONGEST_RANGE = 10_000_000  # a check that adds up more can't be interrupted in time
HEX_DIGITS = 20_000
NUMBER_TEXT = 2_000


def _write_name(writer: Writer, value: Any) -> Node:
    writer.spell(5)
    return value


def _write_text(writer: Writer, value: Any) -> Node:
    return writer.spell_text(value)


def _write_int(writer: Writer, value: Any) -> Node:
    if -SAFE_WHOLE <= value < SAFE_WHOLE:
        writer.spell(len(str(value)))
        return value
    if value.bit_length() > 4 * HEX_DIGITS:
        raise TooMuch
    return writer.node("i", f"{value:x}")


def _write_float(writer: Writer, value: Any) -> Node:
    if not math.isfinite(value):
        return writer.node("f", repr(value))
    writer.spell(len(repr(value)))
    return value


def _write_bytes(writer: Writer, value: Any) -> Node:
    return writer.node("b", writer.buffer(bytes(value)))


def _write_items(tag: str) -> Rule:
    def write(writer: Writer, value: Any) -> Node:
        items = list(value)
        return writer.node(tag, writer.write_at_once(items) if _are_numbers(items) else writer.write_all(items))

    return write


def _are_numbers(items: list[Any]) -> bool:
    """Whether all are whole numbers, or all are floats, that JSON has."""
    kinds = set(map(type, items))
    if kinds == {float}:
        return all(map(math.isfinite, items))
    return kinds == {int} and min(items) >= -SAFE_WHOLE and max(items) < SAFE_WHOLE


def _write_members(tag: str) -> Rule:
    return whole_or_other(lambda writer, value: writer.node(tag, writer.write_plain(list(value))))


def _write_dict(writer: Writer, value: Any) -> Node:
    """Write a dictionary whose keys are all plain: a handle can't be a key."""
    keys = writer.write_plain(dict.keys(value))
    pairs = [[key, item] for key, item in zip(keys, writer.write_all(dict.values(value)), strict=True)]
    writer.spell(3 * len(pairs))
    return writer.node("d", pairs)


def _write_complex(writer: Writer, value: Any) -> Node:
    return writer.node("c", [writer.write(value.real), writer.write(value.imag)])


def _write_range(writer: Writer, value: Any) -> Node:
    steps = [int(value.start), int(value.stop), int(value.step)]
    if value[LONGEST_RANGE:] or max(map(abs, steps)) >= SAFE_WHOLE:
        return writer.other(value)
    return writer.node("r", *steps)


def _write_fraction(writer: Writer, value: Any) -> Node:
    return writer.node("q", [writer.write(int(value.numerator)), writer.write(int(value.denominator))])


def _write_decimal(writer: Writer, value: Any) -> Node:
    written = str(value)
    if len(written) > NUMBER_TEXT or (value.is_finite() and abs(value.adjusted()) > NUMBER_TEXT):
        raise TooMuch
    return writer.node("m", written)


def _write_moment(writer: Writer, value: Any) -> Node:
    if getattr(value, "tzinfo", None) is not None:
        return writer.other(value)
    return writer.node(type(value).__name__, value.isoformat())


def _write_duration(writer: Writer, value: Any) -> Node:
    return writer.node("timedelta", value.days, value.seconds, value.microseconds)


RULES: dict[type, Rule] = {
    type(None): _write_name,
    bool: _write_name,
    str: _write_text,
    int: _write_int,
    float: _write_float,
    bytes: _write_bytes,
    bytearray: _write_bytes,
    list: _write_items("l"),
    tuple: _write_items("t"),
    set: _write_members("s"),
    frozenset: _write_members("z"),
    dict: whole_or_other(_write_dict),
    collections.OrderedDict: whole_or_other(_write_dict),
    collections.defaultdict: whole_or_other(_write_dict),
    collections.Counter: whole_or_other(_write_dict),
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
    (parts,) = node
    real, imaginary = reader.values(parts, depth)
    if type(real) is not float or type(imaginary) is not float:
        raise ProtocolError("not a complex number")
    return complex(real, imaginary)


def _read_range(_reader: Reader, node: list[Node], _depth: int) -> range:
    start, stop, step = map(whole, node)
    steps = range(start, stop, step)
    if steps[LONGEST_RANGE:]:
        raise ProtocolError("too long a range")
    return steps


def _read_fraction(reader: Reader, node: list[Node], depth: int) -> fractions.Fraction:
    (parts,) = node
    above, below = map(whole, reader.values(parts, depth))
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
