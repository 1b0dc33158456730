"""What a check holds of the student's notebook: names to look up, functions to call, handles to look into.

Only plain data ever comes back. A **handle** stands for an object that stayed behind in the student's process; it is
only a claim, so it has no truth, no equality and no order here: asking for one fails the check as the student's.
"""

from __future__ import annotations

import builtins
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

from gradesmith.sandbox import wire
from gradesmith.sandbox.frames import Channel, OutOfTime, PartnerGone, ProtocolError

Kind = TypeVar("Kind")

LONGEST_MESSAGE = 2_000
MOST_PRINTED = 200_000
NEVER_RAISED = (StopIteration, StopAsyncIteration, BaseExceptionGroup)


class StudentError(Exception):
    """The student's code raised; ``kind`` is the nearest built-in exception's name."""

    kind = "Exception"

    def __init__(self, message: str = "") -> None:
        Exception.__init__(self, message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class MissingName(StudentError, AttributeError):
    """The notebook defines no such name."""

    kind = "NameError"


class NotPlainData(AssertionError):
    """A value was wanted where the student's code gave an object that only claims to be something."""


class Unsendable(ValueError):
    """The check gave the student's code what can't be sent there: a slip of the check's."""


class Broken(Exception):
    """The student's process can't be spoken with any more; ``how`` is ``gone``, ``late`` or ``forged``."""

    def __init__(self, how: str, detail: str = "") -> None:
        super().__init__(detail or how)
        self.how = how


class Conversation:
    """The checker's side of the talk with one student's process: one question, one answer."""

    def __init__(self, channel: Channel, pickle: Callable[[object], bytes], replied: Callable[[], None]) -> None:
        """``replied`` is called when the student's code has answered the first question of a check."""
        self.broken: Broken | None = None
        self.replies = 0
        self._replied = replied
        self._printed = ""
        self._channel = channel
        self._pickle = pickle
        self._deadline = 0.0
        self._waiting = False
        self._kinds: dict[str, type[Handle]] = {}
        self._functions: dict[str, Handle] = {}

    def begin(self, deadline: float) -> bool:
        """Start a check: earlier handles are void, and all answers must come before the deadline.

        Returns whether the student's process is there to answer.
        """
        self._deadline = deadline
        self.replies = -1
        try:
            names = _texts(self.ask("begin"))
        except (Broken, StudentError, ProtocolError):
            self.broken = self.broken or Broken("forged", "would not begin")
        else:
            self._functions = {name: self._handle(number, "function") for number, name in enumerate(names, start=1)}
        self._printed = ""
        return self.broken is None

    def look_up(self, name: str) -> Any:
        """Look up a name of the notebook; where it is known to be a function, without asking."""
        known = self._functions.get(name)
        return self.ask("get", name=name) if known is None else known

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Have all answers come within so many seconds: one that is late ends the check, and the process with it."""
        before = self._deadline
        self._deadline = min(before, time.monotonic() + seconds)
        try:
            yield
        finally:
            self._deadline = before

    def take_printed(self) -> str:
        """What the notebook's functions have printed since the last time, in this check."""
        printed, self._printed = self._printed, ""
        return printed

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def finish(self) -> None:
        """End a check: no answer may be outstanding, and nothing left to read."""
        if self.broken is None and self._waiting:
            self._break("late", "no answer in time")
        if self.broken is None and self._channel.spoke():
            self._break(*self._unasked())

    def _unasked(self) -> tuple[str, str]:
        try:
            self._channel.receive(self._deadline)
        except PartnerGone:
            return "gone", "the process ended"
        except (ProtocolError, OutOfTime):
            pass
        return "forged", "spoke unasked"

    def ask(self, op: str, on: Handle | None = None, **parts: object) -> Any:
        """Ask one question and return the answer, or raise what the student's code raised."""
        if self.broken is not None:
            raise self.broken
        writer = wire.writer(lambda value: self._give(writer, value))
        try:
            given = {part: writer.write(value) for part, value in parts.items()}
        except wire.TooMuch:
            raise Unsendable("an argument is too large to be sent to the student's code") from None
        header = {
            "nonce": secrets.randbits(63),
            "op": op,
            "on": 0 if on is None else on.gradesmith_number,
            "given": given,
        }
        self._waiting = True
        try:
            return self._answer(self._exchange(header, writer.buffers))
        except OutOfTime:
            raise self._break("late", "no answer in time") from None
        except PartnerGone:
            raise self._break("gone", "the process ended") from None
        except ProtocolError as error:
            raise self._break("forged", str(error)) from None

    def _break(self, how: str, detail: str) -> Broken:
        self.broken = Broken(how, detail)
        return self.broken

    def _exchange(self, header: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], wire.Reader]:
        if self._channel.spoke():
            self._channel.receive(self._deadline)
            raise ProtocolError("spoke unasked")
        self._channel.send(header, buffers, deadline=self._deadline)
        frame = self._channel.receive(self._deadline)
        if frame.header.get("nonce") != header["nonce"]:
            raise ProtocolError("the answer to another question")
        return frame.header, wire.reader(frame.buffers, self._handle)

    def _answer(self, reply: tuple[dict[str, Any], wire.Reader]) -> Any:
        header, reader = reply
        self._waiting = False
        self.replies += 1
        if self.replies == 1:
            self._replied()
        printed = header.get("printed", "")
        if type(printed) is not str:
            raise ProtocolError("printed is no text")
        self._printed = (self._printed + printed)[:MOST_PRINTED]
        for name in _texts(header.get("moved", [])):
            self._functions.pop(name, None)
        if "raised" in header:
            raise exception_of(reader.read(header["raised"]))
        if "value" not in header:
            raise ProtocolError("neither a value nor an exception")
        return reader.read(header["value"])

    def _give(self, writer: wire.Writer, value: object) -> Any:
        if isinstance(value, Handle):
            if value.gradesmith_talk is not self:
                raise ValueError("a handle of another student's process")
            return ["h", value.gradesmith_number, ""]
        try:
            return ["p", writer.buffer(self._pickle(value))]
        except (wire.TooMuch, NotPlainData):
            raise
        except Exception as error:
            kind = type(value).__name__
            raise Unsendable(f"a {kind} can't be sent to the student's code: {type(error).__name__}") from error

    def _handle(self, number: int, name: str) -> Handle:
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds[name] = type(name if name.isidentifier() else "Object", (Handle,), {"__slots__": ()})
        return kind(self, number)


def _texts(value: object) -> list[str]:
    if type(value) is not list or not all(type(one) is str for one in value):
        raise ProtocolError("not a list of names")
    return value


def exception_of(raised: Any) -> StudentError:
    """Make the exception that the student's code raised, as far as it is a built-in one, of plain texts."""
    if type(raised) is not dict or not all(type(raised.get(key)) is str for key in ("type", "message")):
        raise ProtocolError("not an exception")
    names = raised.get("mro")
    if type(names) is not list or not all(type(name) is str for name in names[:100]):
        raise ProtocolError("not an exception")
    base = next(filter(None, map(_builtin_exception, names[:100])), Exception)
    kind = MissingName if raised.get("missing") is True else _student_error(base, raised["type"][:100])
    return kind(raised["message"][:LONGEST_MESSAGE])


def _builtin_exception(name: str) -> type[Exception] | None:
    found = getattr(builtins, name, None)
    if not isinstance(found, type) or not issubclass(found, Exception) or issubclass(found, NEVER_RAISED):
        return None
    return found


def _student_error(base: type[Exception], name: str) -> type[StudentError]:
    bases = (StudentError,) if base is Exception else (StudentError, base)
    return type(name if name.isidentifier() else "StudentError", bases, {"kind": base.__name__})


class Handle:
    """An object that stayed in the student's process; its class is named after the type it claims to be.

    Looking into it, calling it and printing it ask the student's process. What would make it count as a value is
    refused: an object may say yes to every ``==``.
    """

    __slots__ = ("gradesmith_number", "gradesmith_talk")

    def __init__(self, talk: Conversation, number: int) -> None:
        self.gradesmith_talk = talk
        self.gradesmith_number = number

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self.gradesmith_talk.ask("attr", self, name=name)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call it with these arguments, in the student's process."""
        named = {"kwargs": kwargs} if kwargs else {}
        return self.gradesmith_talk.ask("call", self, args=args, **named)

    def __len__(self) -> int:
        return _exactly(int, self.gradesmith_talk.ask("len", self))

    def __getitem__(self, key: object) -> Any:
        return self.gradesmith_talk.ask("item", self, key=key)

    def __iter__(self) -> Iterator[Any]:
        talk = self.gradesmith_talk
        position = talk.ask("iter", self)
        if not isinstance(position, Handle):
            raise NotPlainData("an iterator that is plain data")
        while item := _exactly(list, talk.ask("next", position)):
            yield item[0]

    def __repr__(self) -> str:
        return _exactly(str, self.gradesmith_talk.ask("repr", self))

    def __str__(self) -> str:
        return _exactly(str, self.gradesmith_talk.ask("str", self))

    def __format__(self, how: str) -> str:
        return self._refuse() if how else str(self)

    def _refuse(self, *_others: object, **_named: object) -> NoReturn:
        raise NotPlainData(f"returned a {type(self).__name__} where plain data was expected")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _refuse
    __bool__ = __int__ = __float__ = __complex__ = __index__ = _refuse
    __round__ = __trunc__ = __floor__ = __ceil__ = __abs__ = __neg__ = __pos__ = __invert__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __floordiv__ = __rfloordiv__ = __divmod__ = __rdivmod__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _refuse
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __matmul__ = __rmatmul__ = _refuse
    # NumPy would otherwise call the object's own `all`, `mean` and the like, and believe them.
    __array__ = __array_function__ = __array_ufunc__ = _refuse
    __hash__ = __reduce_ex__ = __copy__ = __deepcopy__ = _refuse


def _exactly(kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise StudentError(f"gave a {type(value).__name__} where Python wants a {kind.__name__}")
    return value


class Student:
    """The student's notebook as its checks see it: ``student.f(x)`` runs ``f`` in the student's own process."""

    __slots__ = ("gradesmith_talk",)

    def __init__(self, talk: Conversation) -> None:
        object.__setattr__(self, "gradesmith_talk", talk)

    gradesmith_talk: Conversation

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self.gradesmith_talk.look_up(name)

    def __setattr__(self, name: str, value: object) -> None:
        self.gradesmith_talk.ask("set", name=name, value=value)

    def __delattr__(self, name: str) -> None:
        self.gradesmith_talk.ask("delete", name=name)

    def __repr__(self) -> str:
        return "<the student's notebook>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("the notebook itself can't be an argument")
