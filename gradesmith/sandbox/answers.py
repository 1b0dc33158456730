"""The child's side of the talk with the checker: looks up names, calls functions, keeps handles.

Runs beside student code and believes nothing it says is safe; what is sent are claims, and the checker treats them so.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType
from typing import Any

from gradesmith.sandbox import wire
from gradesmith.sandbox.frames import Frame

LONGEST_TEXT = 10_000
MOST_HANDLES = 100_000
MOST_FUNCTIONS = 500


class Missing(Exception):
    """The notebook defines no such name."""


class Answers:
    """Answers what a check asks about one notebook's namespace."""

    def __init__(self, main: ModuleType, printed: Callable[[], str]) -> None:
        self._main = main
        self._printed = printed
        self._kept: dict[int, Any] = {}
        self._functions: dict[str, FunctionType] = {}
        self._last = 0

    def answer(self, frame: Frame) -> tuple[dict[str, Any], list[bytes]]:
        """Answer one question with a value, a handle or an exception."""
        writer = wire.writer(self._keep)
        try:
            body = self._told(writer, OPERATIONS[frame.header["op"]](self, self._asked(frame)))
        except BaseException as error:  # noqa: BLE001 - the student's code may raise anything, SystemExit included
            writer = wire.writer(self._keep)
            body = {"raised": writer.write(description(error))}
        extra: dict[str, Any] = {}
        if printed := self._printed():
            extra["printed"] = printed
        if moved := self._moved():
            extra["moved"] = moved
        return {"nonce": frame.header.get("nonce"), **body, **extra}, writer.buffers

    def _asked(self, frame: Frame) -> dict[str, Any]:
        """What the question gives, and ``on``: the object that it is about, where it is about one."""
        reader = wire.reader(frame.buffers, self._find, unpickle=pickle.loads)
        asked = {part: reader.read(node) for part, node in frame.header["given"].items()}
        if number := frame.header["on"]:
            asked["on"] = self._kept[number]
        return asked

    def _told(self, writer: wire.Writer, value: object) -> dict[str, Any]:
        try:
            return {"value": writer.write(value)}
        except wire.TooMuch:
            writer.buffers.clear()
            return {"value": self._keep(value)}

    def _moved(self) -> list[str]:
        """The names that stand for another object than the checker was told, or for none."""
        namespace = self._main.__dict__
        moved = [name for name, value in self._functions.items() if namespace.get(name) is not value]
        for name in moved:
            del self._functions[name]
        return moved

    def _keep(self, value: object) -> list[Any]:
        if len(self._kept) >= MOST_HANDLES:
            raise MemoryError("too many objects were looked at")
        self._last += 1
        self._kept[self._last] = value
        return ["h", self._last, str(type(value).__name__)[:100]]

    def _find(self, number: int, _name: str) -> object:
        return self._kept[number]

    def begin(self, _asked: Mapping[str, Any]) -> list[str]:
        """Forget the handles of the check before; name the notebook's functions, whose handles are 1, 2, 3, ….

        So a check that calls one need not look it up first.
        """
        named = {
            name: value
            for name, value in list(self._main.__dict__.items())
            if type(name) is str and type(value) is FunctionType
        }
        self._functions = dict(list(named.items())[-MOST_FUNCTIONS:])
        self._kept = dict(enumerate(self._functions.values(), start=1))
        self._last = len(self._kept)
        return list(self._functions)

    def get(self, asked: Mapping[str, Any]) -> object:
        """Look up a name of the notebook."""
        namespace = self._main.__dict__
        if asked["name"] not in namespace:
            raise Missing(f"your notebook defines no `{asked['name']}`")
        return namespace[asked["name"]]

    def set(self, asked: Mapping[str, Any]) -> None:
        """Bind a name of the notebook."""
        setattr(self._main, asked["name"], asked["value"])

    def delete(self, asked: Mapping[str, Any]) -> None:
        """Unbind a name of the notebook."""
        delattr(self._main, asked["name"])


def _attribute(_self: Answers, asked: Mapping[str, Any]) -> object:
    return getattr(asked["on"], asked["name"])


def _call(_self: Answers, asked: Mapping[str, Any]) -> object:
    return asked["on"](*asked["args"], **asked.get("kwargs", {}))


def _length(_self: Answers, asked: Mapping[str, Any]) -> object:
    return len(asked["on"])


def _item(_self: Answers, asked: Mapping[str, Any]) -> object:
    return asked["on"][asked["key"]]


def _iterate(_self: Answers, asked: Mapping[str, Any]) -> object:
    return _Iteration(iter(asked["on"]))


def _next(_self: Answers, asked: Mapping[str, Any]) -> object:
    return asked["on"].next()


def _repr(_self: Answers, asked: Mapping[str, Any]) -> object:
    return repr(asked["on"])[:LONGEST_TEXT]


def _str(_self: Answers, asked: Mapping[str, Any]) -> object:
    return str(asked["on"])[:LONGEST_TEXT]


class _Iteration:
    """An iterator behind a handle, whatever its own type."""

    def __init__(self, items: Any) -> None:
        self._items = items

    def next(self) -> list[Any]:
        """The next item in a list, or an empty list at the end."""
        try:
            return [next(self._items)]
        except StopIteration:
            return []


OPERATIONS: dict[str, Callable[[Answers, Mapping[str, Any]], object]] = {
    "begin": Answers.begin,
    "get": Answers.get,
    "set": Answers.set,
    "delete": Answers.delete,
    "attr": _attribute,
    "call": _call,
    "len": _length,
    "item": _item,
    "iter": _iterate,
    "next": _next,
    "repr": _repr,
    "str": _str,
}


def description(error: BaseException) -> dict[str, Any]:
    """Describe an exception in plain texts: its type, its message, the built-in types it derives from."""
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything
        message = "(its message can't be shown)"
    kinds = type.mro(type(error))
    return {
        "type": str(type(error).__name__)[:100],
        "message": message[:LONGEST_TEXT],
        "mro": [kind.__name__ for kind in kinds if kind.__module__ == "builtins"],
        "missing": type(error) is Missing,
    }
