"""The wire format between the checker and the student's process: plain data, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradesmith.sandbox.frames import Caps
from gradesmith.sandbox.wire import arrays, plain, tables
from gradesmith.sandbox.wire.core import Opaque, Reader, TooMuch, Writer

RULES = {**plain.RULES, **arrays.RULES, **tables.RULES}
TAGS = {**plain.TAGS, **arrays.TAGS, **tables.TAGS}


def writer(other: Callable[[object], Any], caps: Caps | None = None) -> Writer:
    """Make a writer for one message; ``other`` turns what is not plain into a node."""
    return Writer(RULES, other, caps)


def reader(
    buffers: tuple[bytes, ...],
    handle: Callable[[int, str], object] | None = None,
    *,
    unpickle: Callable[[bytes], object] | None = None,
    caps: Caps | None = None,
) -> Reader:
    """Make a reader for one message; ``handle`` makes a handle of its number and its type's name."""
    return Reader(TAGS, buffers, handle, unpickle=unpickle, caps=caps)


__all__ = ["Opaque", "Reader", "TooMuch", "Writer", "reader", "writer"]
