"""How NumPy arrays and scalars are written and read: raw buffers under a whitelist of dtypes."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from gradesmith.sandbox.frames import ProtocolError
from gradesmith.sandbox.wire.core import (
    LONGEST_WHOLE,
    Node,
    Reader,
    Rule,
    Tag,
    TooMuch,
    Writer,
    text,
    whole_or_other,
)

DTYPE = re.compile(
    r"[|<]b1|[|<][iu]1|<[iu](2|4|8)|<f(2|4|8|16)|<c(8|16|32)|\|S[1-9][0-9]{0,5}|<U[1-9][0-9]{0,5}"
    r"|<[mM]8(\[(Y|M|W|D|h|m|s|ms|us|ns)\])?"
)
MOST_DIMENSIONS = 16
LONGEST_SIDE = 2**40
LONGEST_SCALAR = 1_000_000
LARGEST_CODE_POINT = 0x10FFFF
SCALARS = (
    np.bool_, np.int8, np.int16, np.int32, np.int64, np.longlong, np.uint8, np.uint16, np.uint32, np.uint64,
    np.ulonglong, np.float16, np.float32, np.float64, np.longdouble, np.complex64, np.complex128, np.clongdouble,
    np.bytes_, np.datetime64, np.timedelta64,
)  # fmt: skip


def raw(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Bring an array into the one form that travels: C order, little-endian, no zero-width text."""
    dtype = array.dtype.newbyteorder("<")
    if dtype.kind in "SU" and dtype.itemsize == 0:
        dtype = np.dtype(f"{dtype.kind}1")
    return np.ascontiguousarray(array, dtype=dtype).reshape(array.shape)


def write_array(writer: Writer, array: Any) -> Node:
    """Write an array: ``["a", dtype, shape, buffer]``, or ``["o", shape, values]`` for one of plain objects."""
    if array.ndim > MOST_DIMENSIONS or any(side >= LONGEST_SIDE for side in array.shape):
        return writer.other(array)
    writer.spell(LONGEST_WHOLE * array.ndim)
    if array.dtype.kind == "O":
        if array.size > writer.caps.values:
            raise TooMuch
        return writer.node("o", list(array.shape), writer.write_plain(array.ravel().tolist()))
    if array.nbytes > writer.caps.body:
        raise TooMuch
    sendable = raw(array)
    if not DTYPE.fullmatch(sendable.dtype.str):
        return writer.other(array)
    return writer.node("a", sendable.dtype.str, list(sendable.shape), writer.buffer(sendable.tobytes()))


def _write_scalar(writer: Writer, value: Any) -> Node:
    """Write a scalar as ``["n", dtype, its bytes in hexadecimal]``, since a buffer for each would soon be too many."""
    sendable = raw(np.asarray(value))
    if not DTYPE.fullmatch(sendable.dtype.str):
        return writer.other(value)
    if sendable.nbytes > LONGEST_SCALAR:
        raise TooMuch
    return writer.node("n", sendable.dtype.str, sendable.tobytes().hex())


def _write_text(writer: Writer, value: Any) -> Node:
    return writer.node("u", str.__str__(value))


def read_array(reader: Reader, node: list[Node], _depth: int) -> np.ndarray[Any, Any]:
    """Read an array of raw numbers, texts or moments."""
    name, shape, number = node
    if not DTYPE.fullmatch(text(name, 20)):
        raise ProtocolError("a dtype that does not travel")
    return _array(np.dtype(name), shape, reader.buffer(number))


def _array(dtype: np.dtype[Any], shape: Node, content: bytes) -> np.ndarray[Any, Any]:
    size = _size(shape) * dtype.itemsize
    if size != len(content):
        raise ProtocolError("the shape does not fit the buffer")
    array = np.frombuffer(content, dtype=dtype).reshape(shape).copy() if size else np.empty(shape, dtype=dtype)
    _check_content(array)
    return array


def _size(shape: Node) -> int:
    if type(shape) is not list or len(shape) > MOST_DIMENSIONS:
        raise ProtocolError("not a shape")
    if any(type(one) is not int or not 0 <= one < LONGEST_SIDE for one in shape):
        raise ProtocolError("not a shape")
    return math.prod(shape)


def _check_content(array: np.ndarray[Any, Any]) -> None:
    """Refuse bytes that no honest array holds: a truth value of 2, a character beyond Unicode."""
    if array.dtype.kind == "b" and array.size and array.view(np.uint8).max() > 1:
        raise ProtocolError("neither true nor false")
    if array.dtype.kind == "U" and array.size:
        codes = np.frombuffer(array.tobytes(), dtype="<u4")
        if codes.max() > LARGEST_CODE_POINT:
            raise ProtocolError("no such character")


def _read_objects(reader: Reader, node: list[Node], depth: int) -> np.ndarray[Any, Any]:
    shape, nodes = node
    values = reader.values(nodes, depth)
    if _size(shape) != len(values):
        raise ProtocolError("the shape does not fit the values")
    array = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        array[place] = value
    return array.reshape(shape)


def _read_scalar(_reader: Reader, node: list[Node], _depth: int) -> Any:
    name, digits = node
    if not DTYPE.fullmatch(text(name, 20)):
        raise ProtocolError("a dtype that does not travel")
    return _array(np.dtype(name), [], bytes.fromhex(text(digits, 2 * LONGEST_SCALAR)))[()]


def _read_text(reader: Reader, node: list[Node], _depth: int) -> np.str_:
    (written,) = node
    return np.str_(text(written, reader.caps.header))


RULES: dict[type, Rule] = {
    np.ndarray: whole_or_other(write_array),
    np.str_: _write_text,
    **dict.fromkeys(SCALARS, _write_scalar),
}
TAGS: dict[str, Tag] = {"a": read_array, "o": _read_objects, "n": _read_scalar, "u": _read_text}
