"""Plain values as JSON and raw buffers, and back; everything else is somebody else's business.

A value is itself where JSON has it (None, booleans, whole numbers, finite floats, text), else ``[tag, …]``.
Exact types only: an object of a subclass may lie about itself, so it is left to the ``other`` function, which turns
it into a handle (``["h", id, type]``) or, from the checker only, into a pickled copy (``["p", buffer]``).

Reading refuses everything that writing would not have made. Nothing that is read is imported or evaluated, and only
a reader that was given ``unpickle`` (the child, which reads from the checker) makes use of a pickled copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring_ascii
from typing import Any

from gradesmith.sandbox.frames import USUAL, Caps, ProtocolError

Node = Any  # a JSON value
Rule = Callable[["Writer", Any], Node]
Tag = Callable[["Reader", list[Node], int], Any]
LONGEST_WHOLE = 21  # the digits of 2**63, a sign and a comma


class TooMuch(Exception):
    """The value is too large, too deep or too many-parted to be sent."""


class Opaque(Exception):
    """Part of an array, a table, a key or a set is not plain, so the whole is not."""


class Writer:
    """Writes values into one message; its ``buffers`` go with it.

    What it writes, a reader of the same caps reads: both count the same values at the same depths.
    """

    def __init__(self, rules: Mapping[type, Rule], other: Callable[[object], Node], caps: Caps | None = None) -> None:
        self._rules = rules
        self.buffers: list[bytes] = []
        self.caps = caps or USUAL
        self._most_values, self._deepest = self.caps.values, self.caps.depth
        self._other = other
        self._values = 0
        self._bytes = 0
        self._spelled = 0
        self._depth = 0
        self._plain_only = 0

    def write(self, value: object, rule: Rule | None = None) -> Node:
        """Write what a reader will read as one value, with all that it holds; by its type's rule, or by another."""
        self._values += 1
        if self._values > self._most_values or self._depth > self._deepest:
            raise TooMuch
        self._depth += 1
        try:
            return (rule or self._rules.get(type(value), Writer.other))(self, value)
        finally:
            self._depth -= 1

    def node(self, tag: str, *content: Node) -> Node:
        """Put a node together from texts, whole numbers, and lists of what is already written."""
        self.spell(len(tag) + 4 + len(content))
        for part in content:
            if type(part) is str:
                self.spell_text(part)
            else:
                self.spell(len(part) + 3 if type(part) is list else LONGEST_WHOLE)
        return [tag, *content]

    def spell(self, characters: int) -> None:
        """Take note of characters that will stand in the message's header."""
        self._spelled += characters
        if self._spelled > self.caps.spelled:
            raise TooMuch

    def spell_text(self, written: str) -> str:
        """Take note of a text that will stand in the message's header."""
        self.spell(len(written))  # so that a text which is far too long is not spelled out to be measured
        self.spell(len(encode_basestring_ascii(written)) - len(written))
        return written

    def write_all(self, values: Any) -> list[Node]:
        """Write several values, one after the other."""
        return [self.write(value) for value in values]

    def write_at_once(self, numbers: list[int] | list[float]) -> list[Node]:
        """Write numbers that JSON has: what `write` makes of each of them, in a fifth of the time."""
        self._values += len(numbers)
        if self._values > self._most_values or self._depth > self._deepest:
            raise TooMuch
        self.spell(sum(map(len, map(repr, numbers))))
        return numbers

    def write_plain(self, values: Any) -> list[Node]:
        """Write several values, none of which may be a handle."""
        self._plain_only += 1
        try:
            return self.write_all(values)
        finally:
            self._plain_only -= 1

    def other(self, value: object) -> Node:
        """Leave a value that is not plain to whoever made this writer."""
        if self._plain_only:
            raise Opaque
        node = self._other(value)
        self.spell(len(json.dumps(node)))
        return node

    def buffer(self, content: bytes) -> int:
        """Add a buffer and say which number it has."""
        self._bytes += len(content)
        if self._bytes > self.caps.body or len(self.buffers) >= self.caps.buffers:
            raise TooMuch
        self.buffers.append(content)
        return len(self.buffers) - 1

    def attempt(self, rule: Rule, value: object) -> Node:
        """Write a value by a rule, or leave all of it to whoever made this writer, as if nothing had been written."""
        before = len(self.buffers), self._values, self._bytes, self._spelled
        try:
            return rule(self, value)
        except Opaque:
            buffers, self._values, self._bytes, self._spelled = before
            del self.buffers[buffers:]
            return self.other(value)


class Reader:
    """Reads the values of one message; every surprise is a `ProtocolError`."""

    def __init__(
        self,
        tags: Mapping[str, Tag],
        buffers: tuple[bytes, ...],
        handle: Callable[[int, str], object] | None = None,
        *,
        unpickle: Callable[[bytes], object] | None = None,
        caps: Caps | None = None,
    ) -> None:
        self._tags = tags
        self.buffers = buffers
        self.caps = caps or USUAL
        self._handle = handle
        self._unpickle = unpickle
        self._values = 0

    def read(self, node: Node) -> object:
        """Read one value, or raise `ProtocolError`."""
        try:
            return self.value(node, 0)
        except ProtocolError:
            raise
        except Exception as error:  # whatever NumPy or pandas make of hostile input
            raise ProtocolError(f"an impossible value: {type(error).__name__}") from error

    def value(self, node: Node, depth: int) -> Any:
        """Read one value at some depth of nesting."""
        self._values += 1
        if self._values > self.caps.values or depth > self.caps.depth:
            raise ProtocolError("too many values, or nested too deeply")
        if type(node) is not list:
            if node is None or type(node) in {bool, int, float, str}:
                return node
            raise ProtocolError("a bare object is no value")
        if not node or type(node[0]) is not str or node[0] not in self._tags:
            raise ProtocolError("a value of unknown kind")
        return self._tags[node[0]](self, node[1:], depth + 1)

    def values(self, nodes: Node, depth: int) -> list[Any]:
        """Read several values."""
        if type(nodes) is not list:
            raise ProtocolError("a list was expected")
        return [self.value(node, depth) for node in nodes]

    def buffer(self, number: Node) -> bytes:
        """Find a buffer by its number."""
        if type(number) is not int or not 0 <= number < len(self.buffers):
            raise ProtocolError("no such buffer")
        return self.buffers[number]

    def handle(self, number: Node, name: Node) -> object:
        """Make a handle of its number and the name of its type."""
        if self._handle is None or type(number) is not int:
            raise ProtocolError("a handle where none may stand")
        return self._handle(number, text(name, 200))

    def unpickle(self, number: Node) -> object:
        """Rebuild a copied object, if this reader may."""
        if self._unpickle is None:
            raise ProtocolError("a pickled object where none may stand")
        return self._unpickle(self.buffer(number))


def text(node: Node, longest: int) -> str:
    """Read a text of limited length."""
    if type(node) is not str or len(node) > longest:
        raise ProtocolError("a short text was expected")
    return node


def whole(node: Node) -> int:
    """Read a whole number that JSON can hold."""
    if type(node) is not int:
        raise ProtocolError("a whole number was expected")
    return node


def whole_or_other(write: Rule) -> Rule:
    """Leave a value to the writer's maker as a whole when part of it is not plain."""
    return lambda writer, value: writer.attempt(write, value)
