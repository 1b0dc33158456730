"""How one check ended, judged by what pytest saw and by what became of the student's process.

| what happened                                             | verdict     |
|-----------------------------------------------------------|-------------|
| the student's process did not answer in time              | `TIMED_OUT` |
| it ended, or answered what nobody had asked               | `KILLED`    |
| nothing was raised                                        | `PASSED`    |
| the check's own claim failed, or a value was no plain data | `FAILED`   |
| the student's code raised                                 | `ERRORED`   |
| the check could not use what the student's code gave it   | `ERRORED`   |
| an argument could not be sent to the student's code       | `BROKEN`    |
| anything else: a fixture, the check itself                | `BROKEN`    |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from gradesmith.sandbox.proxy import Broken, NotPlainData, StudentError, Unsendable

LONGEST_DETAIL = 1_000


class CheckTimeout(BaseException):
    """A check took too long, wherever it was; not an Exception, so that no check swallows it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status by its name, a short text for the instructor, and the built-in exception the student's code raised."""

    status: str
    detail: str = ""
    raised: str = ""

    def as_dict(self) -> dict[str, str]:
        """The fields as they travel to the coordinator."""
        return {"status": self.status, "detail": self.detail[:LONGEST_DETAIL], "raised": self.raised}


def verdict_of(ended: Mapping[str, BaseException], broken: Broken | None, *, replied: bool) -> Verdict:
    """Judge one run from the exceptions of its phases (``setup``, ``call``, ``teardown``)."""
    if broken is not None:
        return Verdict("TIMED_OUT" if broken.how == "late" else "KILLED", str(broken))
    if "setup" in ended:
        return _verdict_of_setup(ended["setup"])
    if "call" in ended:
        return _verdict_of_call(ended["call"], replied=replied)
    if "teardown" in ended:
        return _broken("its clean-up", ended["teardown"])
    return Verdict("PASSED")


def _verdict_of_setup(error: BaseException) -> Verdict:
    if isinstance(error, StudentError | NotPlainData):
        return _verdict_of_call(error, replied=True)
    return _broken("its set-up", error)


def _verdict_of_call(error: BaseException, *, replied: bool) -> Verdict:
    if isinstance(error, StudentError):
        return Verdict("ERRORED", _text(error), raised=error.kind)
    if isinstance(error, AssertionError | pytest.fail.Exception):
        return Verdict("FAILED", _text(error))
    if isinstance(error, CheckTimeout):
        return Verdict("TIMED_OUT" if replied else "BROKEN", "the check itself took too long")
    if isinstance(error, Exception) and replied and not isinstance(error, Unsendable):
        return Verdict("ERRORED", f"the check could not use what came back: {_text(error)}")
    return _broken("the check", error)


def _broken(what: str, error: BaseException) -> Verdict:
    return Verdict("BROKEN", f"{what} raised {_text(error)}")


def _text(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001 - a message may hold a handle, and showing that asks the student's process
        return type(error).__name__
